"""What needs a slow database, a starved process, a foreign member, a wrong clock or an edited row."""
import os, shutil, signal, subprocess, threading, time
from cluster import Load, provoke, send

author, announcer = "author-token-of-the-alerts", "announcer-token-of-the-alerts"
settings = {
    "processes": {"silos": 3},
    "documents": {"settings": {f"AiCloud__Staff__Bootstrap__{n}__{member}": value for n, (name, token) in enumerate([("Author", author), ("Announcer", announcer)]) for member, value in (("Name", name), ("Token", token))}},
}

def storage(cluster):
    def slow():
        cluster.sql("create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(1.1); return new; end $$; create trigger slow before insert or update on state for each row execute function slow()")
    with Load(160, cluster.begin):
        provoke(cluster, "every write of state takes 1.1 s longer, and 160 people come at once", ["AccountsStorageSlow", "AccountsSlow", "AccountsPoolShort", "AccountsCallsTimeOut"], slow)
        cluster.sql("drop trigger slow on state")

def processes(cluster):
    provoke(cluster, "a silo comes with another cluster's name", ["AccountsSilosDisagree"], lambda: cluster.up("silo-3", {"AiCloud__Cluster__ClusterId": "another"}), lambda: cluster.kill("silo-3"))

    # The driver asks "SELECT clock_timestamp()": for this process another clock answers.
    cluster.sql("create schema shifted; create function shifted.clock_timestamp() returns timestamptz language sql as $$ select pg_catalog.clock_timestamp() + interval '8 s' $$")
    elsewhere = {"AiCloud__Storage__ConnectionString": cluster.settings["AiCloud__Storage__ConnectionString"] + ";Search Path=shifted,pg_catalog,public"}
    provoke(cluster, "a gateway's clock is eight seconds from the database's", ["AccountsClockOff"], lambda: cluster.again("gateway-2", elsewhere), lambda: cluster.again("gateway-2"))

    older = os.path.join(cluster.work, "older")
    shutil.copytree(cluster.folder, older, copy_function=os.link)
    library = os.path.join(older, "AiCloud.Silo.dll")
    build = open(library, "rb").read()
    os.remove(library)
    open(library, "wb").write(build.replace(b"\x000.1.0+", b"\x000.0.9+") if b"\x000.1.0+" in build else build.replace(b"0.1.0+", b"0.0.9+"))
    provoke(cluster, "a gateway says that it is of another version", ["AccountsVersionsMixed"], lambda: cluster.again("gateway-2", folder=older), lambda: cluster.again("gateway-2"))

    over = threading.Event()
    def pulses():
        while not over.is_set():
            cluster.signal("silo-1", signal.SIGSTOP); time.sleep(1.3)
            cluster.signal("silo-1", signal.SIGCONT); time.sleep(0.7)
    thread = threading.Thread(target=pulses)
    with Load(48, cluster.begin):
        provoke(cluster, "the processor is taken from a silo for 1.3 s, again and again, while people come", ["AccountsTurnsBlock"], thread.start, over.set)
    thread.join(); cluster.signal("silo-1", signal.SIGCONT)

    cluster.again("gateway-2", {"DOTNET_GCgen0size": "0x40000", "DOTNET_gcConcurrent": "0", "DOTNET_GCHeapHardLimit": "0x6000000", "AiCloud__Admission__ConcurrentPerCore": "64", "AiCloud__Admission__QueuedPerCore": "64"})
    page = lambda: send("GET", cluster.url("gateway-2", "/openapi/v1.json"))
    with Load(24, page):
        provoke(cluster, "a gateway has 96 MB in all, and people come", ["AccountsCollecting"])
    cluster.again("gateway-2", {"DOTNET_ThreadPool_ForceMinWorkerThreads": "1", "DOTNET_ThreadPool_ForceMaxWorkerThreads": "1", "AiCloud__Admission__ConcurrentPerCore": "4096", "AiCloud__Admission__QueuedPerCore": "4096"})
    with Connections(cluster.ports["gateway-2"], 900):
        provoke(cluster, "a gateway has one thread, and 900 people come at once", ["AccountsThreadsStarve"])
    cluster.again("gateway-2")

    with Load(32, cluster.begin):
        provoke(cluster, "a silo that has the outbox freezes", ["AccountsCodesNotHandedOver"], lambda: cluster.signal("silo-2", signal.SIGSTOP), lambda: cluster.signal("silo-2", signal.SIGCONT))

class Connections:
    """So many connections that each ask again as soon as they are answered; in a process of its own."""
    asks = """
import asyncio, sys
async def one(port):
    while True:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            while True:
                writer.write(b"GET /documents HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\n\\r\\n")
                if not await reader.read(65536): break
        except OSError: await asyncio.sleep(0.1)
async def main(port, many): await asyncio.gather(*(one(port) for _ in range(many)))
asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
"""
    def __init__(self, port, many): self.command = ["python3", "-c", self.asks, str(port), str(many)]

    def __enter__(self): self.process = subprocess.Popen(self.command)

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

def records(cluster):
    token = cluster.register("forged@example.com")
    cluster.until("its entries", 60, lambda: cluster.sql("select count(*) from ledger") == "3")
    forged = "insert into ledger select (jsonb_populate_record(l, jsonb_build_object('number', l.number + 1))).* from ledger l order by l.number desc limit 1"
    decide = lambda: send("PUT", cluster.url("gateway-1", "/v1/account/consents/display-name"), {"given": True, "document": {"kind": "privacy-agreement", **cluster.consent}}, token)
    provoke(cluster, "an entry is forged into the ledger, and its account goes on", ["AccountsLedgerConflict"], lambda: [cluster.sql(forged), decide()])

    cluster.sql("alter table ledger rename to ledger_away")
    cluster.register("behind@example.com")
    provoke(cluster, "the table of the ledger is gone for more than two minutes", ["AccountsLedgerBehind"], ends=lambda: cluster.sql("alter table ledger_away rename to ledger"))

    edit = "update state set payload = convert_to(replace(convert_from(payload, 'UTF8'), '\"contract\"', '\"wording\"'), 'UTF8') where name = 'document'"
    def edited():
        if not cluster.sql(edit + " returning 1"): raise SystemExit("nothing to edit")
        for silo in ("silo-1", "silo-2"): cluster.kill(silo)
        for silo in ("silo-1", "silo-2"): cluster.up(silo)
    provoke(cluster, "a document's row is edited in the database, and the silos start anew", ["AccountsDocumentUnsound"], edited)

def reminders(cluster):
    cluster.kill("silo-2")
    time.sleep(30)
    def frozen():
        cluster.signal("silo-1", signal.SIGSTOP); time.sleep(150); cluster.signal("silo-1", signal.SIGCONT)
    provoke(cluster, "the only silo is frozen for two and a half minutes", ["AccountsRemindersLate"], frozen)

def documents(cluster):
    def staff(token, path, body=None):
        status, answer = send("POST", cluster.url("gateway-1", path), body, token)
        if status not in (200, 201): raise SystemExit(f"{path}: {status}")
        return answer
    texts = lambda text: {"zh-CN": text, "en": text}
    at = "/v1/staff/documents/violation-rules/versions"
    staff(author, at, {"version": "9.0", "class": "contract", "ground": "business", "summary": texts("More."), "content": texts("# Rules 9.0")})
    staff(announcer, f"{at}/9.0/announcement")
    # Everybody sleeps over the instant: what starts anew finds the database's clock seven days and two hours later.
    names = ["silo-1", "silo-2", "gateway-1", "gateway-2"]
    for name in names: cluster.kill(name)
    cluster.sql("create schema shifted; create function shifted.clock_timestamp() returns timestamptz language sql as $$ select pg_catalog.clock_timestamp() + interval '7 days 2 hours' $$")
    cluster.settings["AiCloud__Storage__ConnectionString"] += ";Search Path=shifted,pg_catalog,public"
    for name in names: cluster.up(name)
    provoke(cluster, "every silo is gone while a version comes into force, and back two hours later", ["AccountsDocumentLate"])
