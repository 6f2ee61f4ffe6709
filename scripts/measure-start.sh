#!/usr/bin/env bash
# What compiling ahead of time (ReadyToRun) is worth: time from a process's start to its first "ready", and size, with and without. scripts/measure-start.sh [RUNS]
# A throw-away PostgreSQL on loopback; silo and gateway as published for production, in turn with and without, RUNS times each (6); one more at first, that warms the disk. Then how long
# the first sign-in page and the first registration of a fresh gateway take. Needs PostgreSQL 15+ (PGBIN, or under /usr/lib/postgresql), python3. BUILD=no takes what was published last.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$PWD/artifacts/start
if [ "${BUILD:-}" != no ]; then
  for ready in true false; do
    for part in Silo Gateway; do
      dotnet publish "src/$part" -c Release -r linux-x64 --self-contained false -p:PublishReadyToRun=$ready --artifacts-path "$out/build-$ready" -o "$out/$ready/$part" -v q --nologo >/dev/null
      find "$out/$ready/$part" -name '*.pdb' -delete
    done
  done
fi
[ "${1:-}" = build ] && exit
exec python3 - "$out" "${1:-6}" <<'PY'
import glob, json, os, shutil, statistics, subprocess, sys, tempfile, time, urllib.error, urllib.request

out, runs = sys.argv[1], int(sys.argv[2])
pgbin = os.environ.get("PGBIN") or sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
work = tempfile.mkdtemp(prefix="aicloud-start-")
os.chmod(work, 0o755)
def free(): return int(subprocess.check_output([sys.executable, "scripts/free-port.py"]))
pgport, me = free(), ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"] if os.getuid() == 0 else []
os.makedirs(f"{work}/run")
if me: shutil.chown(f"{work}/run", "postgres")
def pg(*words): subprocess.run([*me, *words], check=True, stdout=subprocess.DEVNULL, cwd="/")
base = {k: v for k, v in os.environ.items() if not k.startswith(("AiCloud", "ASPNETCORE"))} | {
    "AiCloud__Mode": "Cluster", "AiCloud__Delivery__Mode": "Development", "AiCloud__Keys__File": f"{work}/keys.json", "AiCloud__Cluster__SiloPort": "0", "AiCloud__Cluster__GatewayPort": "0",
    "AiCloud__Limits__PerNetwork": "0", "AiCloud__Storage__ConnectionString": f"Host=127.0.0.1;Port={pgport};Database=accounts;Username=postgres"}
log = open(f"{work}/log", "ab")

def start(ready, part, *words, **settings):
    return subprocess.Popen(["dotnet", f"{out}/{ready}/{part}/AiCloud.{part}.dll", *words], env=base | settings, stdout=log, stderr=log)

def up(ready, part):
    port = free()
    began = time.monotonic()
    process = start(ready, part, **({"AiCloud__Operations__Port": str(port)} if part == "Silo" else {"ASPNETCORE_URLS": f"http://127.0.0.1:{port}"}))
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=2).read()
            return process, port, time.monotonic() - began
        except OSError:
            if process.poll() is not None or time.monotonic() - began > 90: sys.exit(f"{part} does not come up: {work}/log")
            time.sleep(0.01)

def timed(port, path, body=None):
    began = time.monotonic()
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", None if body is None else json.dumps(body).encode(), {"content-type": "application/json"})
    answer = urllib.request.urlopen(asked, timeout=15).read()
    return time.monotonic() - began, answer

def down(process):
    process.terminate()
    process.wait()

try:
    pg(f"{pgbin}/initdb", "-D", f"{work}/run/pg", "-A", "trust", "-U", "postgres")
    pg(f"{pgbin}/pg_ctl", "-w", "-D", f"{work}/run/pg", "-l", f"{work}/run/log", "-o", f"-p {pgport} -c listen_addresses=127.0.0.1 -k {work}/run", "start")
    subprocess.run([f"{pgbin}/psql", "-qh", "127.0.0.1", "-p", str(pgport), "-U", "postgres", "-c", "create database accounts"], check=True)
    for words in (["keys", f"{work}/keys.json"], ["migrate"]):
        if start("true", "Silo", *words).wait(): sys.exit(f"see {work}/log")
    took = {(what, ready): [] for what in ("silo ready", "gateway ready", "first page", "first registration") for ready in ("true", "false")}
    for run in range(runs + 1):
        for ready in ("true", "false"):
            process, _, seconds = up(ready, "Silo")
            if run: took["silo ready", ready].append(seconds)
            down(process)
    silo, *_ = up("true", "Silo")
    for run in range(runs + 1):
        for ready in ("true", "false"):
            process, port, seconds = up(ready, "Gateway")
            page, _ = timed(port, "/register")
            _, documents = timed(port, "/v1/documents")
            privacy = next(d["inForce"] for d in json.loads(documents) if d["kind"] == "privacy-agreement")
            registration, _ = timed(port, "/v1/registrations", {"method": "email", "email": f"r{run}.{ready}@example.com", "privacyConsent": {k: privacy[k] for k in ("version", "sha256")}})
            if run:
                for what, value in (("gateway ready", seconds), ("first page", page), ("first registration", registration)): took[what, ready].append(value)
            down(process)
    down(silo)
    print("| | ahead of time | not |\n|---|---|---|")
    for what in ("silo ready", "gateway ready", "first page", "first registration"):
        print(f"| {what} | " + " | ".join(f"{statistics.median(took[what, ready]):.2f} s ({min(took[what, ready]):.2f} to {max(took[what, ready]):.2f})" for ready in ("true", "false")) + " |")
    for part in ("Silo", "Gateway"):
        sizes = []
        for ready in ("true", "false"):
            files = [os.path.join(place, name) for place, _, names in os.walk(f"{out}/{ready}/{part}") for name in names]
            packed = subprocess.run(f"tar -C {out}/{ready}/{part} -c . | gzip -1 | wc -c", shell=True, check=True, stdout=subprocess.PIPE, text=True).stdout
            sizes.append(f"{sum(map(os.path.getsize, files)) / 1e6:.0f} MB, {int(packed) / 1e6:.0f} packed")
        print(f"| {part.lower()}'s own files | " + " | ".join(sizes) + " |")
finally:
    subprocess.run([*me, f"{pgbin}/pg_ctl", "-m", "immediate", "-D", f"{work}/run/pg", "stop"], stdout=subprocess.DEVNULL, cwd="/")
shutil.rmtree(work)
PY
