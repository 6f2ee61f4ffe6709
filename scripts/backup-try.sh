#!/usr/bin/env bash
# Backs up, destroys and restores, on this machine: backup-try.sh FOLDER
# A throw-away PostgreSQL that archives its log, a silo and a gateway. People register: one before the base backup, one after it, one after the instant to
# which is restored. Then everything is killed and the cluster's folder removed; base backup and archived log are restored to the instant, checked, and
# served again. FOLDER holds AiCloud.Silo.dll and AiCloud.Gateway.dll (tests/Deploy.Tests/bin/Debug/net10.0 after a build). Needs PostgreSQL 15+ (PGBIN, or
# found under /usr/lib/postgresql), curl and python3. About a minute.
set -euo pipefail
folder=$(realpath "${1:?folder of AiCloud.Silo.dll and AiCloud.Gateway.dll}")
PGBIN=${PGBIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)}
work=$(mktemp -d) pids=() as=()
[ "$(id -u)" = 0 ] && as=(setpriv --reuid postgres --regid postgres --clear-groups)
here=$(dirname "$(realpath "$0")")
free() { python3 "$here/free-port.py"; }
pgport=$(free) port=$(free) url=http://127.0.0.1:$port
end() { for pid in "${pids[@]}"; do kill -9 "$pid" 2>/dev/null || true; done; wait 2>/dev/null || true; pids=(); }
database() { (cd / && "${as[@]}" "$PGBIN/pg_ctl" -w -D "$work/pg/$1" -l "$work/pg/log" "${@:2}" >/dev/null); }
trap 'end; database live -m immediate stop 2>/dev/null || true; database restored -m immediate stop 2>/dev/null || true; rm -rf "$work"' EXIT
say() { printf '%s  %s\n' "$(date -u +%H:%M:%S)" "$*"; }
fail() { echo "backup-try: $*" >&2; tail -n 20 "$work"/*.log "$work/pg/log" >&2; exit 1; }
sql() { "$PGBIN/psql" -Atqh 127.0.0.1 -p "$pgport" -U postgres "$@"; }

export AiCloud__Mode=Cluster AiCloud__Delivery__Mode=Development AiCloud__Keys__File="$work/keys.json" AiCloud__Limits__PerNetwork=0
export AiCloud__Storage__ConnectionString="Host=127.0.0.1;Port=$pgport;Database=accounts;Username=postgres"
serve() {
  AiCloud__Cluster__SiloPort=0 AiCloud__Cluster__GatewayPort=0 AiCloud__Operations__Port=0 dotnet "$folder/AiCloud.Silo.dll" >>"$work/silo.log" 2>&1 & pids+=($!)
  ASPNETCORE_URLS="$url" dotnet "$folder/AiCloud.Gateway.dll" >>"$work/gateway.log" 2>&1 & pids+=($!)
  for _ in $(seq 300); do curl -fs -o /dev/null "$url/health/ready" && return; sleep 0.2; done; fail "the gateway is not ready"
}

# person ACT EMAIL: register, begin (a code is sent and not used), use CODE of a registration begun before, or sign-in; prints the status of the last answer.
person() { python3 - "$url" "$work" "$@" <<'PY'
import json, os, sys, urllib.error, urllib.parse, urllib.request
url, work, act, email = sys.argv[1:5]
password = "Correct horse battery 1"
def ask(method, path, body=None, token=None):
    request = urllib.request.Request(url + path, None if body is None else json.dumps(body).encode(), {"content-type": "application/json", **({"authorization": f"Bearer {token}"} if token else {})}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer: return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused: return refused.code, json.load(refused)
def code(): return ask("GET", "/dev/outbox?to=" + urllib.parse.quote(email))[1][0]["code"]
kept = os.path.join(work, email + ".json")
if act == "sign-in": print(ask("POST", "/v1/sessions", {"identifier": email, "password": password})[0]); sys.exit()
if act in ("register", "begin"):
    privacy = next(d["inForce"] for d in ask("GET", "/v1/documents")[1] if d["kind"] == "privacy-agreement")
    status, begun = ask("POST", "/v1/registrations", {"method": "email", "email": email, "privacyConsent": {k: privacy[k] for k in ("version", "sha256")}})
    json.dump({"begun": begun, "code": code()}, open(kept, "w"))
    if act == "begin": print(status); sys.exit()
kept = json.load(open(kept))
at, token = "/v1/registrations/" + kept["begun"]["id"], kept["begun"]["token"]
status, answer = ask("POST", at + "/verification", {"code": kept["code"]}, token)
if status == 200:
    status, answer = ask("POST", at + "/completion", {"password": password, "birthDate": "1990-01-31", "declarations": {"information": True, "eligibility": True, "capacity": True},
        "acceptances": [{k: d[k] for k in ("kind", "version", "sha256")} for d in kept["begun"]["documents"]]}, token)
print(status if status < 400 else f"{status} {answer.get('code')}")
PY
}
expect() { local got; got=$(person "$2" "$3"); [ "$got" = "$1" ] || fail "$2 of $3 answered $got, not $1"; say "$2 of $3: $got"; }

mkdir -p "$work/pg/archive"; chmod 755 "$work"; [ "$(id -u)" = 0 ] && chown -R postgres "$work/pg"
(cd / && "${as[@]}" "$PGBIN/initdb" -D "$work/pg/live" -A trust -U postgres >/dev/null)
cat >>"$work/pg/live/postgresql.conf" <<CONF
port = $pgport
listen_addresses = '127.0.0.1'
unix_socket_directories = '$work/pg'
wal_level = replica
archive_mode = on
archive_command = 'test ! -f $work/pg/archive/%f && cp %p $work/pg/archive/%f'
archive_timeout = 60
CONF
database live start; sql -c 'create database accounts' postgres
dotnet "$folder/AiCloud.Silo.dll" keys "$work/keys.json" >/dev/null; dotnet "$folder/AiCloud.Silo.dll" migrate >/dev/null
serve
expect 201 register before-the-backup@example.com
"${as[@]}" "$PGBIN/pg_basebackup" -h 127.0.0.1 -p "$pgport" -U postgres -D "$work/pg/restored" --wal-method=stream --checkpoint=fast; say "base backup taken"
expect 201 register after-the-backup@example.com
expect 201 begin code-used-later@example.com
sleep 1; target=$(sql -c "select to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD HH24:MI:SS.US') || '+00'" postgres); sleep 1; say "the instant to restore to: $target"
expect 201 register after-the-instant@example.com
expect 201 use code-used-later@example.com
# The last piece of the log that a real disaster would leave archived.
piece=$(sql -c 'select pg_walfile_name(pg_switch_wal())' postgres)
for _ in $(seq 100); do [ -f "$work/pg/archive/$piece" ] && break; sleep 0.2; done

end; database live -m immediate stop; rm -rf "$work/pg/live"; say "silo and gateway killed, the database and its folder gone"
begun=$(date +%s)
cat >>"$work/pg/restored/postgresql.conf" <<CONF
archive_mode = off
restore_command = 'cp $work/pg/archive/%f %p'
recovery_target_time = '$target'
recovery_target_action = 'promote'
CONF
"${as[@]}" touch "$work/pg/restored/recovery.signal"
database restored start
for _ in $(seq 100); do [ "$(sql -c 'select pg_is_in_recovery()' postgres 2>/dev/null)" = f ] && break; sleep 0.2; done
say "restored; check says:"
dotnet "$folder/AiCloud.Silo.dll" check || fail "the restored database is not sound"
dotnet "$folder/AiCloud.Silo.dll" ledger verify || fail "the restored ledger is not whole"
serve; say "ready $(($(date +%s) - begun)) s after the restore began"
expect 201 sign-in before-the-backup@example.com
expect 201 sign-in after-the-backup@example.com
# Told that they have an account; the restore has forgotten them.
expect 401 sign-in after-the-instant@example.com
expect 401 sign-in code-used-later@example.com
# Its code was sent before the instant and used after it: for as long as it lives it can be used once more.
expect 201 use code-used-later@example.com
# Who was forgotten may begin again.
expect 201 register after-the-instant@example.com
end; dotnet "$folder/AiCloud.Silo.dll" check
