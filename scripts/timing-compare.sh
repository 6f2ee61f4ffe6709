#!/usr/bin/env bash
# Do times tell whether a contact has an account? PAIRS (2000) calls each for a known and an unknown contact, in random order within a pair, for
# start, for sign-in with a wrong password and for the start of a password reset, on the embedded default in Release; Mann-Whitney U. Takes some
# minutes; run it on a calm machine.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build -c Release -v q --nologo src/Gateway >/dev/null
data=$(mktemp -d) port=${PORT:-5094}
AiCloud__DataDirectory="$data" ASPNETCORE_URLS="http://127.0.0.1:$port" AiCloud__Limits__PerNetwork=0 \
AiCloud__Identifiers__SendsPerHour=30 AiCloud__Identifiers__SendsPerDay=100 AiCloud__Identifiers__CoolDown=00:00:10 \
AiCloud__Identifiers__SignInFailuresPerNetwork=100 AiCloud__Identifiers__SignInFailuresShared=1000 \
  dotnet src/Gateway/bin/Release/net10.0/AiCloud.Gateway.dll >"$data.log" 2>&1 &
pid=$!
trap 'kill "$pid" 2>/dev/null; wait 2>/dev/null; rm -rf "$data" "$data.log"' EXIT
until curl -fs -o /dev/null "http://127.0.0.1:$port/health/ready"; do kill -0 "$pid" || { cat "$data.log" >&2; exit 1; }; sleep 0.1; done
node scripts/timing-compare.mjs "http://127.0.0.1:$port" "${PAIRS:-2000}"
