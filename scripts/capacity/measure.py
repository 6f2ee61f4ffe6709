"""Drives one operation at a time and divides what it took; for scripts/measure-capacity.sh."""
import glob, http.client, json, os, re, subprocess, sys, threading, time, urllib.parse, urllib.request

folder, port, operations, pgport, signups, codes = sys.argv[1], *map(int, sys.argv[2:7])
pgbin = os.environ.get("PGBIN") or sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
silo, gateway = (int(line) for line in open(f"{folder}/pids"))
postmaster = int(open(f"{folder}/pg/postmaster.pid").readline())
tick, at_once, password = os.sysconf("SC_CLK_TCK"), 8, "Correct horse battery 1"
here = threading.local()

def sql(text):
    return subprocess.run([f"{pgbin}/psql", "-Atqh", "127.0.0.1", "-p", str(pgport), "-U", "postgres", "-F", "\t", "-c", text, "accounts"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()

def ask(method, path, body=None, token=None):
    if not hasattr(here, "connection"): here.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"content-type": "application/json", **({"authorization": f"Bearer {token}"} if token else {})}
    here.connection.request(method, path, None if body is None else json.dumps(body), headers)
    answer = here.connection.getresponse()
    text = answer.read()
    if answer.status >= 400: raise SystemExit(f"{method} {path}: {answer.status} {text[:200]}")
    return json.loads(text) if text else None

def stat(pid):
    fields = open(f"/proc/{pid}/stat").read().rsplit(") ", 1)[1].split()
    return int(fields[1]), int(fields[11]) + int(fields[12]), int(fields[13]) + int(fields[14])

def cpu():
    """Seconds of gateway, silo, PostgreSQL with its backends, those that ended included."""
    database = stat(postmaster)[1] + stat(postmaster)[2]
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try: parent, own, _ = stat(int(entry))
            except (OSError, IndexError): continue
            if parent == postmaster: database += own
    return [value / tick for value in (stat(gateway)[1], stat(silo)[1], database)]

def snapshot():
    commits, wal = sql("select (select xact_commit from pg_stat_database where datname = 'accounts'), pg_current_wal_lsn() - '0/0'").split("\t")
    return [time.monotonic(), *cpu(), float(commits), float(wal)]

def each(items, act):
    left, lock, done = iter(items), threading.Lock(), []
    def work():
        while True:
            with lock:
                try: item = next(left)
                except StopIteration: return
            result = act(item)
            with lock: done.append(result)
    threads = [threading.Thread(target=work) for _ in range(at_once)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return done

def measured(name, items, act):
    items = list(items)
    time.sleep(2.5) # what the ledger's flusher and the statistics still owe
    before = snapshot()
    done = each(items, act)
    took = time.monotonic() - before[0]
    time.sleep(2.5)
    after = snapshot()
    passed = after[0] - before[0]
    cost = [(b - a - idle * passed) / len(items) for a, b, idle in zip(before[1:], after[1:], idle_rate)]
    print(f"| {name} | {len(items)} | {len(items) / took:.0f} | {cost[0] * 1000:.2f} | {cost[1] * 1000:.2f} | {cost[2] * 1000:.2f} | {sum(cost[:3]) * 1000:.2f} | {cost[3]:.1f} | {cost[4]:,.0f} |", flush=True)
    return done

def metric(name):
    text = urllib.request.urlopen(f"http://127.0.0.1:{operations}/metrics").read().decode()
    return sum(float(line.rsplit(" ", 1)[1] if "# {" not in line else line.split()[1]) for line in text.splitlines() if re.match(name + r"[{ ]", line))

privacy = next(d["inForce"] for d in ask("GET", "/v1/documents") if d["kind"] == "privacy-agreement")
consent = {key: privacy[key] for key in ("version", "sha256")}
start = lambda email: (email, ask("POST", "/v1/registrations", {"method": "email", "email": email, "privacyConsent": consent}))
with_code = lambda begun: (*begun, ask("GET", "/dev/outbox?to=" + urllib.parse.quote(begun[0]))[0]["code"])
def verify(begun):
    ask("POST", f"/v1/registrations/{begun[1]['id']}/verification", {"code": begun[2]}, begun[1]["token"])
    return begun
def complete(begun):
    done = ask("POST", f"/v1/registrations/{begun[1]['id']}/completion", {"password": password, "birthDate": "1990-01-31", "declarations": {"information": True, "eligibility": True, "capacity": True},
        "acceptances": [{k: d[k] for k in ("kind", "version", "sha256")} for d in begun[1]["documents"]]}, begun[1]["token"])
    return begun[0], done["session"]["token"]
emails = lambda what, many: [f"{what}.{number}@example.com" for number in range(many)]

# The compiler and the caches first.
idle_rate = [0.0] * 5
warm = each(each(each(each(emails("warm", 400), start), with_code), verify), complete)
each(warm, lambda person: ask("GET", "/v1/account", token=person[1])); each(emails("warm-code", codes // 2), start)
each(range(2000), lambda _: ask("GET", "/v1/documents"))
time.sleep(5)
before = snapshot(); time.sleep(10); after = snapshot()
idle_rate = [(b - a) / (after[0] - before[0]) for a, b in zip(before[1:], after[1:])]
print(f"Idle: gateway {idle_rate[0] * 100:.1f} % of a core, silo {idle_rate[1] * 100:.1f} %, PostgreSQL {idle_rate[2] * 100:.1f} %, {idle_rate[3]:.1f} transactions and {idle_rate[4]:,.0f} bytes of log a second; taken off below.\n")

print("| operation | times | a second here | gateway ms | silo ms | PostgreSQL ms | together ms | transactions | log bytes |\n|---|---|---|---|---|---|---|---|---|")
begun = measured("start (code request)", emails("person", signups), start)
begun = each(begun, with_code)
begun = measured("verify", begun, verify)
people = measured("complete (with its hash)", begun, complete)
measured("sign-in (with its hash)", people, lambda person: ask("POST", "/v1/sessions", {"identifier": person[0], "password": password}))
measured("a session's request (GET /v1/account)", people * 5, lambda person: ask("GET", "/v1/account", token=person[1]))
measured("GET /v1/documents", range(5000), lambda _: ask("GET", "/v1/documents"))
memory = lambda: (metric("orleans_catalog_activations"), metric("dotnet_gc_last_collection_heap_size_bytes"), metric("dotnet_process_memory_working_set_bytes"))
first = memory()
measured("start (code request), more of them", emails("code", codes), start)
last = memory()

print("\n| rows of state | rows | bytes of payload, mean |\n|---|---|---|")
for line in sql("select name, count(*), avg(octet_length(payload))::int from state group by 1 order by 2 desc").splitlines(): print("| " + " | ".join(line.split("\t")) + " |")
grown = int(sql("select count(*) from state where name = 'account'"))
print(f"\n| table | bytes, indexes included | per account of {grown} |\n|---|---|---|")
for line in sql("select relname, pg_total_relation_size(oid) from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and pg_total_relation_size(oid) > 100000 order by 2 desc").splitlines():
    name, size = line.split("\t")
    print(f"| {name} | {int(size):,} | {int(size) // grown:,} |")
print(f"\nActors in the silo's memory: {first[0]:,.0f}, then {last[0]:,.0f}; managed heap after the last collection {first[1] / 1e6:.0f} MB, then {last[1] / 1e6:.0f} MB: "
      f"{(last[1] - first[1]) / max(1, last[0] - first[0]):,.0f} bytes an actor; resident {first[2] / 1e6:.0f} MB, then {last[2] / 1e6:.0f} MB.")
