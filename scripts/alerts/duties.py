"""What nobody waits for at the door: reminders, accounts that fell due, copies, documents that come into force, and what stands outside the service."""
import http.server, json, os, threading
from cluster import crowd, provoke, send

# Two ticks of the reminders; the others as everywhere.
settings = {"due": {"windows": "2m"}, "outside": {"more": {"AiCloud__Audit__Folder": "{work}/audit", "AiCloud__Services__Catalogue": "{work}/services.json", "AiCloud__Identity__Mode": "Http",
    "AiCloud__Identity__Check__Endpoint": "http://127.0.0.1:9/", "AiCloud__Identity__Check__KeyFile": "{work}/check.key", "AiCloud__Keys__Reload": "00:00:01", **{f"AiCloud__Staff__Bootstrap__{n}__{k}": v
    for n in (0, 1) for k, v in (("Name", f"Operator {'AB'[n]}"), ("Token", f"operator-{n}-{'t' * 16}"))}}}, "vault": {"more": {"AiCloud__Keys__Reload": "00:00:01"}}}
settings["documents"] = {"more": {k: v for k, v in settings["outside"]["more"].items() if "Staff" in k} | {"AiCloud__Documents__AdditionalKinds__0": "test-terms"}}

FAIL = "create or replace function fail() returns trigger language plpgsql as $$ begin raise exception 'made to fail'; end $$; "

def due(cluster):
    cluster.until("every shard was swept and settled", 240, lambda: "AccountsRemindersLate" not in cluster.firing() and sum(
        float(s["value"][1]) for s in cluster.ask("sum(aicloud_expiry_runs_total)")) >= 32)
    provoke(cluster, "every deletion fails in the database", ["AccountsRemindersLate"], lambda: cluster.sql(FAIL + "create trigger fail before delete on state for each statement execute function fail()"),
            lambda: cluster.sql("drop trigger fail on state"), patience=300)

    token = cluster.register("stuck@example.com")
    account = send("GET", cluster.url("gateway-1", "/v1/account"), token=token)[1]["id"]
    other = cluster.register("copied@example.com")
    cluster.sql("alter table ledger rename to ledger_away")
    for one in (token, other): assert send("POST", cluster.url("gateway-1", "/v1/account/data/exports"), token=one)[0] == 202
    provoke(cluster, "every write of one account fails, and a copy of it has fallen due", ["AccountsNotSettled"],
            lambda: cluster.sql(FAIL + f"create trigger fail before update on state for each row when (old.name = 'account' and replace(old.key, '-', '') like '%{account.replace('-', '')}%') execute function fail()"),
            lambda: cluster.sql("drop trigger fail on state"), patience=300)
    provoke(cluster, "the table of the ledger is gone while a copy is made, five times", ["AccountsCopiesFail"], patience=480)

def codes(cluster):
    ask = lambda number: send("POST", cluster.url("gateway-1", "/v1/registrations"), {"method": "email", "email": f"p.{number}@{'refused' if number % 2 else 'silent'}.example", "privacyConsent": cluster.consent})
    provoke(cluster, "the channel refuses one half of 60 codes, and nobody knows what became of the other", ["AccountsCodesNotHandedOver"], lambda: crowd(60, 6, ask))

def staff(cluster, method, path, body, member):
    return send(method, cluster.url("gateway-1", path), body, settings["documents"]["more"][f"AiCloud__Staff__Bootstrap__{member}__Token"])

def documents(cluster):
    # The processes' clock is the database's, read with clock_timestamp(): all of them have another one, which is moved while they serve.
    cluster.sql("create schema shifted; create table shifted.by (hours int); insert into shifted.by values (0); "
                "create function shifted.clock_timestamp() returns timestamptz language sql as $$ select pg_catalog.clock_timestamp() + hours * interval '1 h' from shifted.by $$")
    cluster.settings["AiCloud__Storage__ConnectionString"] += ";Search Path=shifted,pg_catalog,public"
    for name in list(cluster.running): cluster.kill(name)
    for name in list(cluster.running): cluster.up(name)
    cluster.ready("gateway-1")
    # The first version of a kind is in force when it is announced; what cannot be written to the audit is noted later.
    cluster.sql(FAIL + "create trigger fail before insert on audit for each row when (new.action = 'document.activate') execute function fail()")
    draft = {"version": "1.0", "class": "wording", "ground": "business", "titles": {"zh-CN": "条款", "en": "Terms"}, "summary": {"zh-CN": "首版。", "en": "First."}, "content": {"zh-CN": "# 条款\n\n第一条 ……", "en": "# Terms\n\nArticle 1 …"}}
    drafted = staff(cluster, "POST", "/v1/staff/documents/test-terms/versions", draft, 0)
    announced = staff(cluster, "POST", "/v1/staff/documents/test-terms/versions/1.0/announcement", None, 1)
    if announced[0] != 200: raise SystemExit(f"not announced: {drafted} {announced}")
    def late():
        cluster.sql("update shifted.by set hours = 2")
        cluster.until("the processes have the moved clock", 60, lambda: min(float(s["value"][1]) for s in cluster.ask('aicloud_clock_offset_seconds{job="aicloud-silo"}')) > 7000)
        cluster.sql("drop trigger fail on audit")
    provoke(cluster, "that a version is in force cannot be noted for two hours (the clock is moved), and then can", ["AccountsDocumentLate"], late)

def outside(cluster):
    folder = cluster.work
    def write(name, text):
        with open(f"{folder}/{name}.new", "w") as out: out.write(text)
        os.chmod(f"{folder}/{name}.new", 0o600); os.replace(f"{folder}/{name}.new", f"{folder}/{name}")
    catalogue, ring = open(f"{folder}/services.json").read(), open(f"{folder}/keys.json").read()
    provoke(cluster, "the service catalogue is exchanged for a broken one", ["AccountsCatalogueBroken"], lambda: write("services.json", "{"), lambda: write("services.json", catalogue))
    provoke(cluster, "the key ring file is exchanged for one that is none", ["AccountsKeysUnusable"], lambda: write("keys.json", "{}"), lambda: write("keys.json", ring))

    def ask():
        for name in ("one", "two", "three"):
            number = f"110105199001310{len(name):02d}"
            person = cluster.register(f"unanswered.{name}@example.com")
            send("PUT", cluster.url("gateway-1", "/v1/account/consents/identity-check"), {"given": True, "document": {"kind": "privacy-agreement", **cluster.consent}}, person)
            answer = send("POST", cluster.url("gateway-1", "/v1/account/identity"), {"method": "certificate", "kind": "resident_id_card", "number": number + last(number), "name": "王小明"}, person)
            assert answer[0] == 202, answer
    provoke(cluster, "the identity check's address answers nobody", ["AccountsIdentityNoAnswer"], ask)

    full = f"{folder}/audit/full"
    def fill():
        with open("/dev/zero", "rb") as zero, open(full, "wb", buffering=0) as out:
            try:
                while True: out.write(zero.read(512))
            except OSError: pass
        # The last page of the audit's file has room for some lines more.
        answers = []
        while len(answers) < 30 and answers[-1:] in ([], [200]): answers.append(staff(cluster, 'PUT', '/v1/staff/switches/sends.country.44', {'reason': 'full disk', 'seconds': 60}, 0)[0])
        print(f"<!-- {len(answers)} switches were answered {answers[0]}, the last {answers[-1]} -->")
    provoke(cluster, "the disk of the audit's second place is full, and somebody throws a switch", ["AccountsAuditNotWritten"], fill, lambda: os.remove(full))

def last(body):
    """The last character of a resident identity number (GB 11643)."""
    return "10X98765432"[sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(body)) % 11]

class Vault(http.server.BaseHTTPRequestHandler):
    """The few calls of the transit API that a silo makes; what it answers is wrapped in nothing."""
    key = {"keys": {"1": 1}, "min_decryption_version": 1, "derived": False, "supports_decryption": True}

    def do_GET(self): self.answer({"data": self.key})

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))["batch_input"]
        made = [{"ciphertext": "vault:v1:" + item["plaintext"]} if "plaintext" in item else {"plaintext": item["ciphertext"].split(":")[2], "ciphertext": item["ciphertext"]} for item in asked]
        self.answer({"data": {"batch_results": made}})

    def answer(self, body):
        text = json.dumps(body).encode()
        self.send_response(200); self.send_header("content-type", "application/json"); self.send_header("content-length", str(len(text))); self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_): pass

def vault(cluster):
    def serve(port=0):
        http.server.ThreadingHTTPServer.allow_reuse_address = True
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Vault)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server
    server = serve()
    with open(f"{cluster.work}/vault-token", "w") as out: out.write("token")
    os.chmod(f"{cluster.work}/vault-token", 0o600)
    cluster.settings |= {"AiCloud__Keys__Vault__Address": f"http://127.0.0.1:{server.server_address[1]}", "AiCloud__Keys__Vault__TokenFile": f"{cluster.work}/vault-token"}
    for name in list(cluster.running): cluster.kill(name)
    for name in list(cluster.running): cluster.up(name)
    cluster.ready("gateway-1")
    cluster.register("kept@example.com")
    provoke(cluster, "the vault that holds the keys is gone", ["AccountsVaultGone"], lambda: [server.shutdown(), server.server_close()], lambda: serve(server.server_address[1]))
    cluster.register("after@example.com")
