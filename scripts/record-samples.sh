#!/usr/bin/env bash
# Records rows as this build writes them into tests/Compatibility.Tests/Samples/VERSION, with the key ring they were written under.
#   scripts/record-samples.sh VERSION      once per release; a recorded sample is never changed
# Needs curl and python3.
set -euo pipefail
cd "$(dirname "$0")/.."
target=tests/Compatibility.Tests/Samples/${1:?a version}
[ -e "$target" ] && { echo "$target exists: samples are never changed" >&2; exit 1; }
data=$(mktemp -d) url=http://127.0.0.1:${PORT:-5093}
dotnet build -c Release -v q --nologo src/Gateway >/dev/null
ASPNETCORE_URLS=$url AiCloud__DataDirectory=$data dotnet src/Gateway/bin/Release/net10.0/AiCloud.Gateway.dll >/dev/null & pid=$!
trap 'kill $pid 2>/dev/null || true; rm -rf "$data"' EXIT
for _ in $(seq 100); do curl -fs -o /dev/null $url/health/ready && break; sleep 0.2; done
python3 - "$url" <<'P'
import json, sys, urllib.request
url = sys.argv[1]
def call(method, path, body=None, token=None):
    headers = {"content-type": "application/json"} | ({"authorization": "Bearer " + token} if token else {})
    request = urllib.request.Request(url + path, json.dumps(body).encode() if body else None, headers, method=method)
    return json.load(urllib.request.urlopen(request))
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
call("POST", "/v1/sessions", {"identifier": "sample@example.com", "password": "correct horse battery staple"})

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
    call("POST", path + "/acceptance", {"name": "Parent", "relationship": "mother", "declarations": {"adult": True, "responsibility": True}, "acceptances": completion["acceptances"]}, token)
    call("POST", f"/v1/registrations/{r['id']}/completion", completion, r["token"])
minor("minor", agrees=True)
minor("waiting", agrees=False)
P
kill $pid; wait $pid 2>/dev/null || true
mkdir -p "$target"
cp "$data/keys.json" "$target/keys.json"
python3 - "$data/accounts.db" "$target" <<'P'
import sqlite3, sys
for key, name, payload in sqlite3.connect(sys.argv[1]).execute("SELECT key, name, payload FROM state"):
    open(f"{sys.argv[2]}/{name}~{key}.row", "wb").write(payload)
P
ls "$target"
