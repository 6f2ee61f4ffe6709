#!/usr/bin/env python3
"""Writes an image as a tarball: image.py ROOT APP PROGRAM NAME:TAG OUT. The same input makes the same bytes: times, owners and order are fixed."""
import hashlib, io, json, os, platform, sys, tarfile

root, app, program, name, out = sys.argv[1:]

def layer(folder, under):
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for place, folders, files in os.walk(folder):
            folders.sort()
            for entry in sorted(files + folders):
                path = os.path.join(place, entry)
                if entry in folders and os.path.islink(path): folders.remove(entry)
                member = tar.gettarinfo(path, os.path.join(under, os.path.relpath(path, folder)))
                member.uid = member.gid = member.mtime = 0
                member.uname = member.gname = ""
                # Readable by whoever the process runs as, writable by nobody.
                if member.isfile() or member.isdir(): member.mode = member.mode & 0o1555 | (0o555 if member.isdir() or member.mode & 0o100 else 0o444)
                if member.name == "tmp": member.mode = 0o1777
                if member.isfile():
                    with open(path, "rb") as content: tar.addfile(member, content)
                else: tar.addfile(member)
    return made.getvalue()

layers = [layer(root, ""), layer(app, "app")]
digests = [hashlib.sha256(content).hexdigest() for content in layers]
config = json.dumps({
    "architecture": {"x86_64": "amd64", "aarch64": "arm64"}[platform.machine()], "os": "linux",
    "config": {
        "User": "1654:1654", "Entrypoint": [f"/app/{program}"], "WorkingDir": "/app",
        "Env": ["PATH=/usr/bin:/bin", "DOTNET_RUNNING_IN_CONTAINER=true", "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"],
        "ExposedPorts": {f"{port}/tcp": {} for port in ([11111, 30000, 8081] if program.endswith("Silo") else [8080, 8081])},
    },
    "rootfs": {"type": "layers", "diff_ids": [f"sha256:{digest}" for digest in digests]},
}, sort_keys=True).encode()
config_digest = hashlib.sha256(config).hexdigest()
manifest = json.dumps([{"Config": f"{config_digest}.json", "RepoTags": [name], "Layers": [f"{digest}.tar" for digest in digests]}]).encode()

with tarfile.open(out, "w") as archive:
    for path, content in [("manifest.json", manifest), (f"{config_digest}.json", config)] + [(f"{digest}.tar", content) for digest, content in zip(digests, layers)]:
        member = tarfile.TarInfo(path)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
print(f"{name} sha256:{config_digest}")
