"""What needs a slow database, a starved process, a foreign member, a wrong clock or an edited row."""
import os, shutil, signal, subprocess, threading, time
from cluster import Load, provoke, send

settings = {
    "processes": {"silos": 3},
    # A process without a thread to spare answers late, a frozen one not at all.
    "starved": {"scrape": "5s"},
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

def starved(cluster):
    room = {"AiCloud__Admission__ConcurrentPerCore": "4096", "AiCloud__Admission__QueuedPerCore": "4096"}
    cluster.again("gateway-2", {"DOTNET_GCgen0size": "10000", "DOTNET_GCgen0MaxBudget": "10000", "DOTNET_gcConcurrent": "0", **room})
    with Connections(cluster.ports["gateway-2"], 48):
        provoke(cluster, "a gateway has room for 64 KB between two collections, and people come", ["AccountsCollecting"])
    cluster.again("gateway-2", {"DOTNET_ThreadPool_ForceMinWorkerThreads": "1", "DOTNET_ThreadPool_ForceMaxWorkerThreads": "1", **room})
    with Connections(cluster.ports["gateway-2"], 900):
        provoke(cluster, "a gateway has one thread, and 900 people come at once", ["AccountsThreadsStarve"])

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
    cluster.sql("alter table ledger rename to ledger_away")
    cluster.register("behind@example.com")
    provoke(cluster, "the table of the ledger is gone for more than two minutes", ["AccountsLedgerBehind"], ends=lambda: cluster.sql("alter table ledger_away rename to ledger"))

    forged = "insert into ledger select (jsonb_populate_record(l, jsonb_build_object('number', l.number + 1))).* from ledger l order by l.number desc limit 1"
    decide = lambda: send("PUT", cluster.url("gateway-1", "/v1/account/consents/display-name"), {"given": True, "document": {"kind": "privacy-agreement", **cluster.consent}}, token)
    provoke(cluster, "an entry is forged into the ledger, and its account goes on", ["AccountsLedgerConflict"], lambda: [cluster.sql(forged.replace("from ledger l", "from ledger l where account = (select account from ledger order by at limit 1)")), decide()])

def edited(cluster):
    def by_hand():
        if not cluster.sql("update state set payload = convert_to(replace(convert_from(payload, 'UTF8'), '2025-09-01', '2024-09-01'), 'UTF8') where name = 'document' and position(convert_to('2025-09-01', 'UTF8') in payload) > 0 returning 1"):
            raise SystemExit("nothing to edit")
        for silo in ("silo-1", "silo-2"): cluster.kill(silo)
        for silo in ("silo-1", "silo-2"): cluster.up(silo)
    provoke(cluster, "a document's row is edited in the database, and the silos start anew", ["AccountsDocumentUnsound"], by_hand)
