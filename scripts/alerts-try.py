#!/usr/bin/env python3
"""Provokes alerts on real processes on this machine, and waits for each in a real Prometheus: alerts-try.py FOLDER
FOLDER holds AiCloud.Silo.dll and AiCloud.Gateway.dll (tests/Deploy.Tests/bin/Debug/net10.0 after a build). Two silos, two gateways and a throw-away PostgreSQL on
loopback; the rules of deploy/k8s/monitoring/rules with every "for" cut to four seconds. Needs prometheus (PROMETHEUS, or on the PATH), psql and initdb (PGBIN). Some three minutes."""
import glob, json, os, re, shutil, signal, socket, subprocess, sys, tempfile, threading, time, urllib.error, urllib.parse, urllib.request

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
folder, work = os.path.abspath(sys.argv[1]), tempfile.mkdtemp(prefix="aicloud-alerts-")
pgbin = os.environ.get("PGBIN") or sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
started, patience = [], 120

def free():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]

def start(arguments, settings=None):
    log = open(os.path.join(work, "processes.log"), "ab")
    process = subprocess.Popen(arguments, env={**{k: v for k, v in os.environ.items() if not k.startswith(("AiCloud", "ASPNETCORE"))}, **(settings or {})}, stdout=log, stderr=log)
    started.append(process)
    return process

def get(url):
    with urllib.request.urlopen(url, timeout=5) as answer: return json.load(answer)

def post(url, body):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"content-type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=15) as answer: return answer.status
    except urllib.error.HTTPError as refused: return refused.code
    except OSError: return 0

def until(what, seconds, done):
    since = time.monotonic()
    while time.monotonic() - since < seconds:
        try:
            if done(): return time.monotonic() - since
        except OSError: pass
        time.sleep(0.5)
    raise SystemExit(f"waited in vain for: {what}; see {work}")

class Cluster:
    def __init__(self):
        self.ports = {name: free() for name in ("pg", "silo-1", "silo-2", "gateway-1", "gateway-2", "prometheus")}
        self.as_postgres = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"] if os.getuid() == 0 else []
        os.makedirs(f"{work}/run"); os.chmod(work, 0o755)
        if os.getuid() == 0: shutil.chown(f"{work}/run", "postgres")
        subprocess.run([*self.as_postgres, f"{pgbin}/initdb", "-D", f"{work}/run/pg", "-A", "trust", "-U", "postgres"], check=True, stdout=subprocess.DEVNULL, cwd="/")
        self.postgres("start")
        self.sql("create database accounts", "postgres")
        self.settings = {"AiCloud__Mode": "Cluster", "AiCloud__Delivery__Mode": "Development", "AiCloud__Keys__File": f"{work}/keys.json", "AiCloud__Limits__PerNetwork": "0",
                         "AiCloud__Storage__ConnectionString": f"Host=127.0.0.1;Port={self.ports['pg']};Database=accounts;Username=postgres"}
        for command in (["keys", f"{work}/keys.json"], ["migrate"]):
            if start(["dotnet", f"{folder}/AiCloud.Silo.dll", *command], self.settings).wait(): raise SystemExit(f"{command} failed; see {work}")
        self.running = {}
        for name in ("silo-1", "silo-2", "gateway-1", "gateway-2"): self.up(name)
        for name in ("gateway-1", "gateway-2"): self.ready(name)

    def postgres(self, act):
        subprocess.run([*self.as_postgres, f"{pgbin}/pg_ctl", "-w", "-m", "fast", "-D", f"{work}/run/pg", "-l", f"{work}/run/pg.log", *(
            ["-o", f"-p {self.ports['pg']} -c listen_addresses=127.0.0.1 -k {work}/run"] if act == "start" else []), act], check=True, stdout=subprocess.DEVNULL, cwd="/")

    def sql(self, text, database="accounts"):
        subprocess.run([f"{pgbin}/psql", "-qh", "127.0.0.1", "-p", str(self.ports["pg"]), "-U", "postgres", "-c", text, database], check=True, stdout=subprocess.DEVNULL)

    def up(self, name):
        more = {"AiCloud__Cluster__SiloPort": "0", "AiCloud__Cluster__GatewayPort": "0", "AiCloud__Operations__Port": str(self.ports[name])}
        # The second gateway has next to no room: what a crowd would do to a large one, a few requests do to it.
        if name.startswith("gateway"): more = {"ASPNETCORE_URLS": f"http://127.0.0.1:{self.ports[name]}"}
        if name == "gateway-2": more |= {"AiCloud__Admission__ConcurrentPerCore": "4", "AiCloud__Admission__QueuedPerCore": "0", "AiCloud__Passwords__Threads": "1", "AiCloud__Passwords__QueueLength": "1"}
        self.running[name] = start(["dotnet", f"{folder}/AiCloud.{'Silo' if name.startswith('silo') else 'Gateway'}.dll"], self.settings | more)

    def kill(self, name):
        self.running[name].kill()
        self.running[name].wait()

    def url(self, name, path=""): return f"http://127.0.0.1:{self.ports[name]}{path}"

    def ready(self, name): return until(f"{name} ready", patience, lambda: get(self.url(name, "/health/ready")))

def watch(cluster):
    groups = "groups:\n"
    for path in sorted(glob.glob("deploy/k8s/monitoring/rules/*.yaml")):
        groups += "".join(line[2:] if line.startswith("  ") else line for line in open(path, encoding="utf-8").read().split("  groups:\n")[1].splitlines(True))
    open(f"{work}/rules.yaml", "w", encoding="utf-8").write(re.sub(r"for: \w+", "for: 4s", groups))
    jobs = "".join(f"  - job_name: aicloud-{job}\n    static_configs:\n" + "".join(
        f"      - targets: ['127.0.0.1:{cluster.ports[f'{job}-{n}']}']\n        labels: {{pod: {job}-{n}}}\n" for n in (1, 2)) for job in ("silo", "gateway"))
    open(f"{work}/prometheus.yaml", "w").write(f"global: {{scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}}\nrule_files: [rules.yaml]\nscrape_configs:\n{jobs}")
    start([os.environ.get("PROMETHEUS") or shutil.which("prometheus") or sys.exit("prometheus?"), f"--config.file={work}/prometheus.yaml", f"--storage.tsdb.path={work}/tsdb",
           f"--web.listen-address=127.0.0.1:{cluster.ports['prometheus']}", "--log.level=error"])
    until("Prometheus", 30, lambda: len(get(cluster.url("prometheus", "/api/v1/targets"))["data"]["activeTargets"]) == 4)

def firing(cluster): return {alert["labels"]["alertname"] for alert in get(cluster.url("prometheus", "/api/v1/alerts"))["data"]["alerts"] if alert["state"] == "firing"}

def provoke(cluster, how, alerts, act=lambda: None, ends=None):
    act()
    for alert in alerts:
        took = until(f"{alert} when {how}", patience, lambda: alert in firing(cluster))
        print(f"| {how} | {alert} | {took:.0f} s |", flush=True)
    if ends is None: return
    ends()
    for alert in alerts: until(f"the end of {alert}", patience, lambda: alert not in firing(cluster))
    print(f"| … is undone | {', '.join(alerts)} | silent again |", flush=True)

def crowd(times, at_once, act):
    left = list(range(times))
    def work_off():
        while left:
            try: number = left.pop()
            except IndexError: return
            act(number)
    threads = [threading.Thread(target=work_off, daemon=True) for _ in range(at_once)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()

def main():
    cluster = Cluster()
    watch(cluster)
    time.sleep(10)
    assert not firing(cluster), firing(cluster)
    print("| Provoked by | Alert | After |\n|---|---|---|\n| nothing, for ten seconds | none | |", flush=True)
    privacy = next(document["inForce"] for document in get(cluster.url("gateway-1", "/v1/documents")) if document["kind"] == "privacy-agreement")
    consent = {key: privacy[key] for key in ("version", "sha256")}
    begin = lambda number: post(cluster.url("gateway-1", "/v1/registrations"), {"method": "email", "email": f"p{number}@example.com", "privacyConsent": consent})
    sign_in = lambda number: post(cluster.url("gateway-2", "/v1/sessions"), {"identifier": f"n{number}@example.com", "password": "Pass-1234567"})

    provoke(cluster, "450 people ask for a code and do no more", ["AccountsNobodyFinishes", "AccountsCodesNotUsed"], lambda: crowd(450, 8, begin))
    provoke(cluster, "one silo is killed", ["AccountsProcessDown"], lambda: cluster.kill("silo-2"), lambda: cluster.up("silo-2"))
    provoke(cluster, "passwords come at once to a gateway that can hash few", ["AccountsHashingBehind"], lambda: crowd(160, 7, sign_in))
    provoke(cluster, "a crowd comes to a gateway with eight places", ["AccountsBusy", "AccountsErrors"], lambda: crowd(1500, 64, sign_in))
    provoke(cluster, "both silos are killed", ["AccountsNoSilo", "AccountsOutage"], lambda: [cluster.kill("silo-1"), cluster.kill("silo-2")], lambda: [cluster.up("silo-1"), cluster.up("silo-2")])
    cluster.ready("gateway-1")
    provoke(cluster, "PostgreSQL is stopped", ["AccountsOutage"], lambda: cluster.postgres("stop"), lambda: cluster.postgres("start"))
    cluster.ready("gateway-1")
    def without_table():
        cluster.sql("alter table state rename to state_away")
        crowd(150, 4, lambda number: begin(1000 + number))
    provoke(cluster, "the table of state is gone", ["AccountsStorageFails"], without_table)
    cluster.sql("alter table state_away rename to state")
    provoke(cluster, "both gateways are killed", ["AccountsNoGateway"], lambda: [cluster.kill("gateway-1"), cluster.kill("gateway-2")])

try: main()
finally:
    for process in started:
        if process.poll() is None: process.send_signal(signal.SIGKILL)
    subprocess.run([*(["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"] if os.getuid() == 0 else []), f"{pgbin}/pg_ctl", "-m", "immediate", "-D", f"{work}/run/pg", "stop"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
if not sys.exc_info()[0]: shutil.rmtree(work)
