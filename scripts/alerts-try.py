#!/usr/bin/env python3
"""Provokes alerts on real processes on this machine, and waits for each in a real Prometheus: alerts-try.py FOLDER [PART…]
FOLDER holds AiCloud.Silo.dll and AiCloud.Gateway.dll (tests/Deploy.Tests/bin/Debug/net10.0 after a build). Parts: serving, storage, processes, starved, records, edited, due, codes, documents, outside, vault; each
has two silos, two gateways and a throw-away PostgreSQL of its own on loopback. The rules of deploy/k8s/monitoring/rules with every "for" cut to four seconds and, but for serving (as they
are) and due (two minutes), every window to twenty. Needs prometheus (PROMETHEUS, or on the PATH), psql and initdb (PGBIN); outside also root, for a small disk. One to fifteen minutes a part."""
import os, sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "alerts"))
import duties, rare, serving
from cluster import Cluster

parts = {"serving": serving.serving, "storage": rare.storage, "processes": rare.processes, "starved": rare.starved, "records": rare.records, "edited": rare.edited,
         "due": duties.due, "codes": duties.codes, "documents": duties.documents, "outside": duties.outside, "vault": duties.vault}
if len(sys.argv) < 2: sys.exit(__doc__)
print("| Provoked by | Alert | After |\n|---|---|---|", flush=True)
for part in sys.argv[2:] or parts:
    with Cluster(os.path.abspath(sys.argv[1]), **{"serving": {"windows": None}, **rare.settings, **duties.settings}.get(part, {})) as cluster: parts[part](cluster)
