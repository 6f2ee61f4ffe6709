#!/usr/bin/env python3
"""Prints a port on which nobody listens, below the range that outgoing connections come from: those may take any other before its process listens."""
import random, socket

while True:
    port = random.randrange(20000, 32600)
    with socket.socket() as probe:
        try: probe.bind(("127.0.0.1", port))
        except OSError: continue
    print(port)
    break
