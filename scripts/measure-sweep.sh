#!/usr/bin/env bash
# How fast lapsed attempts are erased: ROWS (400000) of them are put into the table of a running cluster of one silo (scripts/cluster.sh), copies of a real one under keys of their own, due at once.
# Prints, twice a second from the first erasure on, how many are left; then rows per second, and code requests answered meanwhile. About three minutes with the build; wants the machine for itself.
set -euo pipefail
cd "$(dirname "$0")/.."
export CLUSTER_DIR=${CLUSTER_DIR:-/tmp/aicloud-sweep} PGPORT=${PGPORT:-5612} PORT=${PORT:-5093}
export AiCloud__Limits__PerNetwork=0
PGBIN=${PGBIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)}
ask() { "$PGBIN/psql" -qAt -h 127.0.0.1 -p "$PGPORT" -U postgres -d accounts -c "$1"; }
trap 'scripts/cluster.sh down' EXIT
scripts/cluster.sh up 1 >/dev/null

url=http://127.0.0.1:$PORT
privacy=$(curl -fs "$url/v1/documents" | python3 -c 'import json,sys; print(json.dumps([{k: d["inForce"][k] for k in ("version","sha256")} for d in json.load(sys.stdin) if d["kind"]=="privacy-agreement"][0]))')
start() { curl -fs -o /dev/null -H 'content-type: application/json' -d "{\"method\":\"email\",\"email\":\"$1@example.com\",\"privacyConsent\":$privacy}" "$url/v1/registrations"; }
start sample

# What sweepers look at is the column, so the copies are due whatever their payload says.
ask "INSERT INTO state (due, version, slot, key, name, service, payload)
     SELECT extract(epoch FROM now())::bigint * 1000, 1, n % 64, md5(n::text) || 'x' || n, name, service, payload
     FROM generate_series(1, ${ROWS:-400000}) n, (SELECT name, service, payload FROM state WHERE name = 'registration' LIMIT 1) one" >/dev/null
# Only the copies: a real attempt's key has an x now and then too.
left() { ask "SELECT count(*) FROM state WHERE name = 'registration' AND key ~ '^[0-9a-f]{32}x[0-9]+$'"; }
answered=0 began='' before=$(left)
echo "rows put in: $before"
while [ "$before" -gt 0 ]; do
  for _ in 1 2 3 4 5; do start "beside$RANDOM$RANDOM" && answered=$((answered + 1)); done
  now=$(date +%s%N) rest=$(left)
  if [ "$rest" -lt "$before" ]; then
    [ -n "$began" ] || began=$last
    awk -v t="$((now - began))" -v rest="$rest" 'BEGIN { printf "after %.1f s: %d left\n", t / 1e9, rest }'
  fi
  before=$rest last=$now
done
awk -v t="$((now - began))" -v rows="${ROWS:-400000}" -v answered="$answered" 'BEGIN { printf "%.0f rows a second; %d code requests were answered beside it\n", rows / (t / 1e9), answered }'
