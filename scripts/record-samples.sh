#!/usr/bin/env bash
# Records rows as this build writes them into tests/Compatibility.Tests/Samples/VERSION, with the key ring they were written under.
#   scripts/record-samples.sh VERSION      once per release; a recorded sample is never changed. VERSION next: of the coming release, recorded anew at will
# CONFIGURATION=Debug records with what tests were built with.
# Needs curl and python3.
set -euo pipefail
cd "$(dirname "$0")/.."
target=tests/Compatibility.Tests/Samples/${1:?a version}
[ "$1" = next ] && rm -rf "$target"
[ -e "$target" ] && { echo "$target exists: samples are never changed" >&2; exit 1; }
data=$(mktemp -d) url=http://127.0.0.1:${PORT:-5093}
configuration=${CONFIGURATION:-Release}
dotnet build -c "$configuration" -v q --nologo src/Gateway >/dev/null
ASPNETCORE_URLS=$url AiCloud__DataDirectory=$data AiCloud__Identity__Mode=Development AiCloud__Limits__PerNetwork=90 dotnet src/Gateway/bin/"$configuration"/net10.0/AiCloud.Gateway.dll >/dev/null & pid=$!
trap 'kill $pid 2>/dev/null || true; rm -rf "$data"' EXIT
for _ in $(seq 100); do curl -fs -o /dev/null $url/health/ready && break; sleep 0.2; done
python3 - "$url" "$data" <<'P'
import json, sys, urllib.request, uuid
url, data = sys.argv[1:]
def call(method, path, body=None, token=None, key=None):
    headers = {"content-type": "application/json"} | ({"authorization": "Bearer " + token} if token else {}) | ({"idempotency-key": key} if key else {})
    request = urllib.request.Request(url + path, json.dumps(body).encode() if body else None, headers, method=method)
    answer = urllib.request.urlopen(request).read()
    return json.loads(answer) if answer else None
documents = {d["kind"]: {k: d["inForce"][k] for k in ("version", "sha256")} for d in call("GET", "/v1/documents")}
def start(contact): return call("POST", "/v1/registrations", {"privacyConsent": documents["privacy-agreement"], "locale": "en"} | contact)
def verify(r, to):
    code = call("GET", "/dev/outbox?to=" + urllib.request.quote(to))[0]["code"]
    return call("POST", f"/v1/registrations/{r['id']}/verification", {"code": code}, r["token"])
start({"method": "phone", "phone": "+8613800138000"})
verify(start({"method": "email", "email": "proven@example.com"}), "proven@example.com")
r = start({"method": "email", "email": "sample@example.com"}); verify(r, "sample@example.com")
call("POST", f"/v1/registrations/{r['id']}/completion", {"password": "correct horse battery staple", "birthDate": "1990-01-31", "displayName": "Sample",
    "declarations": {"information": True, "eligibility": True, "capacity": True},
    "acceptances": [{k: d[k] for k in ("kind", "version", "sha256")} for d in r["documents"]]}, r["token"])
session = call("POST", "/v1/sessions", {"identifier": "sample@example.com", "password": "correct horse battery staple"}, key=str(uuid.uuid4()))
account, session = session["account"], session["token"]

# Their copy, a code on its way to a further contact, and what staff do: a service with tokens, a mark on a fact with the objection to it, a switch, a document announced and told.
call("POST", "/v1/account/data/exports", {}, session)
call("POST", "/v1/account/contacts", {"method": "phone", "phone": "+8613700137000"}, session)
one, two = (member["token"] for member in json.load(open(data + "/staff-tokens.json")))
service = "/v1/staff/services/" + call("POST", "/v1/staff/services", {"name": "Object storage", "types": ["object-storage"]}, one)["id"]
call("POST", service + "/approval", None, two)
call("POST", service + "/tokens", {"days": 90}, one)
call("DELETE", service + "/tokens/" + call("POST", service + "/tokens", {"days": 1}, two)["id"], None, one)
account = account["id"] if isinstance(account, dict) else account
mark = call("POST", f"/v1/staff/accounts/{account}/facts/email/marks", {"fault": "outdated", "evidence": "case 4711", "days": 15}, one)["id"]
call("POST", f"/v1/account/fact-marks/{mark}/contest", {"words": "The mailbox is mine."}, session)
call("PUT", "/v1/staff/switches/sends.purpose.code", {"reason": "a sample", "seconds": 3600}, one)
call("DELETE", "/v1/staff/switches/sends.purpose.code", None, two)
versions = "/v1/staff/documents/violation-rules/versions"
call("POST", versions, {"version": "1.1", "class": "wording", "ground": "business", "summary": {"zh-CN": "更正措辞。", "en": "Wording corrected."},
    "content": {"zh-CN": "# 平台违规处理规则\n\n第一条 ……", "en": "# Violation Handling Rules\n\nArticle 1 …"}}, one)
call("POST", versions + "/1.1/announcement", None, two)
call("POST", versions + "/1.1/notices", {"perSecond": 20}, two)

# Somebody of 17 with a guardian, and one whose guardian has not answered.
import datetime, re, urllib.error
def minor(name, agrees):
    r = start({"method": "email", "email": name + "@example.com"}); verify(r, name + "@example.com")
    completion = {"password": "correct horse battery staple", "birthDate": (datetime.date.today() - datetime.timedelta(days=17 * 366)).isoformat(), "declarations": {"information": True, "eligibility": True},
        "acceptances": [{k: d[k] for k in ("kind", "version", "sha256")} for d in r["documents"]]}
    try: call("POST", f"/v1/registrations/{r['id']}/completion", completion, r["token"])
    except urllib.error.HTTPError as refused: assert json.load(refused)["code"] == "guardian_required"
    call("POST", f"/v1/registrations/{r['id']}/guardian", {"method": "email", "email": f"parent.of.{name}@example.com"}, r["token"])
    if not agrees: return
    token = re.search("token=([^ ]+)", call("GET", f"/dev/outbox?to=parent.of.{name}@example.com")[0]["text"]).group(1)
    path, phone = "/v1/guardian-invitations/" + token.split(".")[2], "+8613900139000"
    challenge = call("POST", path + "/code", {"phone": phone}, token)["id"]
    code = call("GET", "/dev/outbox?to=" + urllib.request.quote(phone))[0]["code"]
    call("POST", path + "/verification", {"challenge": challenge, "code": code}, token)
    body = "11010519800228002"
    number = body + "10X98765432"[sum(int(d) * w for d, w in zip(body, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2))) % 11]
    privacy = next(d for d in completion["acceptances"] if d["kind"] == "privacy-agreement")
    call("POST", path + "/identity", {"consent": privacy, "method": "certificate", "kind": "resident_id_card", "number": number, "name": "Test Match Parent"}, token)
    call("POST", path + "/acceptance", {"relationship": "mother", "declarations": {"adult": True, "responsibility": True}, "acceptances": completion["acceptances"]}, token)
    call("POST", f"/v1/registrations/{r['id']}/completion", completion, r["token"])
minor("minor", agrees=True)
minor("waiting", agrees=False)
P
sleep 75 # the pass over accounts without a chain begins with its reminder's first tick
kill $pid; wait $pid 2>/dev/null || true
mkdir -p "$target"
cp "$data/keys.json" "$target/keys.json"
python3 - "$data/accounts.db" "$target" <<'P'
import sqlite3, sys
for key, name, payload in sqlite3.connect(sys.argv[1]).execute("SELECT key, name, payload FROM state"):
    open(f"{sys.argv[2]}/{name}~{key}.row", "wb").write(payload)
P
ls "$target"
