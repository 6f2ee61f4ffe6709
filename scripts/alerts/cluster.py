"""Silos, gateways, a throw-away PostgreSQL and a Prometheus on loopback, and ways to wait for alerts; for scripts/alerts-try.py."""
import base64, glob, itertools, json, os, re, shutil, signal, subprocess, sys, tempfile, threading, time, urllib.error, urllib.parse, urllib.request

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
pgbin = os.environ.get("PGBIN") or sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
patience = 150

def free(): return int(subprocess.check_output([sys.executable, "scripts/free-port.py"]))

def get(url):
    with urllib.request.urlopen(url, timeout=5) as answer: return json.load(answer)

def send(method, url, body=None, token=None):
    headers = {"content-type": "application/json", **({"authorization": f"Bearer {token}"} if token else {})}
    request = urllib.request.Request(url, None if body is None else json.dumps(body).encode(), headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=15) as answer:
            text = answer.read()
            return answer.status, json.loads(text) if text else None
    except urllib.error.HTTPError as refused: return refused.code, None
    except OSError: return 0, None

def post(url, body): return send("POST", url, body)[0]

class Cluster:
    def __init__(self, folder, windows="20s", scrape="1s", silos=2, more=None):
        self.folder, self.work, self.started, self.running, self.numbers = folder, tempfile.mkdtemp(prefix="aicloud-alerts-"), [], {}, itertools.count()
        self.ports = {name: free() for name in ("pg", "silo-1", "silo-2", "silo-3", "gateway-1", "gateway-2", "prometheus")}
        self.as_postgres = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"] if os.getuid() == 0 else []
        self.settings = {"AiCloud__Mode": "Cluster", "AiCloud__Delivery__Mode": "Development", "AiCloud__Keys__File": f"{self.work}/keys.json", "AiCloud__Limits__PerNetwork": "0",
                         "AiCloud__Storage__ConnectionString": f"Host=127.0.0.1;Port={self.ports['pg']};Database=accounts;Username=postgres"}
        self.settings |= {name: value.replace("{work}", self.work) for name, value in (more or {}).items()}
        self.windows, self.scrape, self.silos = windows, scrape, silos

    def __enter__(self):
        try: self.begin_all()
        except BaseException:
            self.end_all()
            raise
        return self

    def __exit__(self, failed, *_):
        self.end_all()
        if failed: print(f"kept for a look: {self.work}", file=sys.stderr)
        else: shutil.rmtree(self.work)

    def begin_all(self):
        os.makedirs(f"{self.work}/run"); os.chmod(self.work, 0o755)
        if os.getuid() == 0: shutil.chown(f"{self.work}/run", "postgres")
        shutil.copy("content/services.json", f"{self.work}/services.json")
        with open(f"{self.work}/check.key", "wb") as key: key.write(base64.b64encode(os.urandom(32)))
        if "AiCloud__Audit__Folder" in self.settings:
            os.makedirs(f"{self.work}/audit")
            # A disk of its own, that can be filled.
            if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", f"{self.work}/audit"]).returncode: raise SystemExit("this part mounts a small disk: run it as root")
        subprocess.run([*self.as_postgres, f"{pgbin}/initdb", "-D", f"{self.work}/run/pg", "-A", "trust", "-U", "postgres"], check=True, stdout=subprocess.DEVNULL, cwd="/")
        self.postgres("start")
        self.sql("create database accounts", "postgres")
        for command in (["keys", f"{self.work}/keys.json"], ["migrate"]):
            if self.start(["dotnet", f"{self.folder}/AiCloud.Silo.dll", *command], self.settings).wait(): raise SystemExit(f"{command} failed; see {self.work}")
        for name in ("silo-1", "silo-2", "gateway-1", "gateway-2"): self.up(name)
        for name in ("gateway-1", "gateway-2"): self.ready(name)
        self.watch()
        privacy = next(document["inForce"] for document in get(self.url("gateway-1", "/v1/documents")) if document["kind"] == "privacy-agreement")
        self.consent = {key: privacy[key] for key in ("version", "sha256")}

    def end_all(self):
        for process in self.started:
            if process.poll() is None: process.send_signal(signal.SIGKILL)
        subprocess.run(["umount", "--lazy", f"{self.work}/audit"], stderr=subprocess.DEVNULL)
        subprocess.run([*self.as_postgres, f"{pgbin}/pg_ctl", "-m", "immediate", "-D", f"{self.work}/run/pg", "stop"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")

    def start(self, arguments, settings):
        log = open(os.path.join(self.work, "processes.log"), "ab")
        mine = {k: v for k, v in os.environ.items() if not k.startswith(("AiCloud", "ASPNETCORE"))}
        self.started.append(subprocess.Popen(arguments, env=mine | settings, stdout=log, stderr=log))
        return self.started[-1]

    def postgres(self, act):
        subprocess.run([*self.as_postgres, f"{pgbin}/pg_ctl", "-w", "-m", "fast", "-D", f"{self.work}/run/pg", "-l", f"{self.work}/run/pg.log", *(
            ["-o", f"-p {self.ports['pg']} -c listen_addresses=127.0.0.1 -k {self.work}/run"] if act == "start" else []), act], check=True, stdout=subprocess.DEVNULL, cwd="/")

    def sql(self, text, database="accounts"):
        return subprocess.run([f"{pgbin}/psql", "-Atqh", "127.0.0.1", "-p", str(self.ports["pg"]), "-U", "postgres", "-v", "ON_ERROR_STOP=1", "-c", text, database], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()

    def up(self, name, more=None, folder=None):
        given = {"AiCloud__Cluster__SiloPort": "0", "AiCloud__Cluster__GatewayPort": "0", "AiCloud__Operations__Port": str(self.ports[name])}
        # The second gateway has next to no room: what a crowd would do to a large one, a few requests do to it.
        if name.startswith("gateway"): given = {"ASPNETCORE_URLS": f"http://127.0.0.1:{self.ports[name]}"}
        if name == "gateway-2": given |= {"AiCloud__Admission__ConcurrentPerCore": "4", "AiCloud__Admission__QueuedPerCore": "0", "AiCloud__Passwords__Threads": "1", "AiCloud__Passwords__QueueLength": "1"}
        self.running[name] = self.start(["dotnet", f"{folder or self.folder}/AiCloud.{'Silo' if name.startswith('silo') else 'Gateway'}.dll"], self.settings | given | (more or {}))

    def kill(self, name):
        self.running[name].kill()
        self.running[name].wait()

    def again(self, name, more=None, folder=None):
        self.kill(name)
        self.up(name, more, folder)
        self.ready(name)

    def signal(self, name, which): self.running[name].send_signal(which)

    def url(self, name, path=""): return f"http://127.0.0.1:{self.ports[name]}{path}"

    def until(self, what, seconds, done):
        since = time.monotonic()
        while time.monotonic() - since < seconds:
            try:
                if done(): return time.monotonic() - since
            except OSError: pass
            time.sleep(0.5)
        raise SystemExit(f"waited in vain for: {what}")

    def ready(self, name): return self.until(f"{name} ready", patience, lambda: get(self.url(name, "/health/ready")))

    def watch(self):
        groups = "groups:\n"
        for path in sorted(glob.glob("deploy/k8s/monitoring/rules/*.yaml")):
            groups += "".join(line[2:] if line.startswith("  ") else line for line in open(path, encoding="utf-8").read().split("  groups:\n")[1].splitlines(True))
        groups = re.sub(r"for: \w+", "for: 4s", groups)
        open(f"{self.work}/rules.yaml", "w", encoding="utf-8").write(re.sub(r"\[\d+m\]", f"[{self.windows}]", groups) if self.windows else groups)
        jobs = "".join(f"  - job_name: aicloud-{job}\n    static_configs:\n" + "".join(
            f"      - targets: ['127.0.0.1:{self.ports[f'{job}-{n}']}']\n        labels: {{pod: {job}-{n}}}\n" for n in range(1, many + 1)) for job, many in (("silo", self.silos), ("gateway", 2)))
        open(f"{self.work}/prometheus.yaml", "w").write(f"global: {{scrape_interval: {self.scrape}, scrape_timeout: {self.scrape}, evaluation_interval: 1s}}\nrule_files: [rules.yaml]\nscrape_configs:\n{jobs}")
        self.start([os.environ.get("PROMETHEUS") or shutil.which("prometheus") or sys.exit("prometheus?"), f"--config.file={self.work}/prometheus.yaml", f"--storage.tsdb.path={self.work}/tsdb",
               f"--web.listen-address=127.0.0.1:{self.ports['prometheus']}", "--log.level=error"], {})
        self.until("Prometheus", 30, lambda: len(get(self.url("prometheus", "/api/v1/targets"))["data"]["activeTargets"]) == self.silos + 2)

    def firing(self): return {alert["labels"]["alertname"] for alert in get(self.url("prometheus", "/api/v1/alerts"))["data"]["alerts"] if alert["state"] == "firing"}

    def ask(self, query): return get(self.url("prometheus", f"/api/v1/query?query={urllib.parse.quote(query)}"))["data"]["result"]

    def begin(self, number=None):
        return post(self.url("gateway-1", "/v1/registrations"), {"method": "email", "email": f"p{number or ''}.{next(self.numbers)}@example.com", "privacyConsent": self.consent})

    def register(self, email):
        """A person with an account; answers the token of a session."""
        at = self.url("gateway-1", "/v1/registrations")
        _, begun = send("POST", at, {"method": "email", "email": email, "privacyConsent": self.consent})
        code = get(self.url("gateway-1", f"/dev/outbox?to={email}"))[0]["code"]
        send("POST", f"{at}/{begun['id']}/verification", {"code": code}, begun["token"])
        _, completed = send("POST", f"{at}/{begun['id']}/completion", {"password": "Correct horse battery 1", "birthDate": "1990-01-31",
            "declarations": {"information": True, "eligibility": True, "capacity": True}, "acceptances": [{k: d[k] for k in ("kind", "version", "sha256")} for d in begun["documents"]]}, begun["token"])
        return completed["session"]["token"]

class Load:
    """People who come without a pause, until it is left."""
    def __init__(self, at_once, act): self.at_once, self.act, self.over = at_once, act, threading.Event()

    def __enter__(self):
        def work():
            while not self.over.is_set(): self.act()
        self.threads = [threading.Thread(target=work, daemon=True) for _ in range(self.at_once)]
        for thread in self.threads: thread.start()

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads: thread.join(20)

def provoke(cluster, how, alerts, act=lambda: None, ends=None, patience=patience):
    act()
    for alert in alerts:
        took = cluster.until(f"{alert} when {how}; firing: {cluster.firing()}", patience, lambda: alert in cluster.firing())
        print(f"| {how} | {alert} | {took:.0f} s |", flush=True)
    if ends is None: return
    ends()
    for alert in alerts: cluster.until(f"the end of {alert}", patience, lambda: alert not in cluster.firing())
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
