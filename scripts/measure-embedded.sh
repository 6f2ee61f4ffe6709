#!/usr/bin/env bash
# Embedded default, Release: milliseconds from process start to ready (first start, and a later one on the same folder), and resident memory
# when idle. IDLE: seconds to wait before memory is read (30). BUILD=no: what was built last.
set -euo pipefail
cd "$(dirname "$0")/.."
[ "${BUILD:-}" = no ] || dotnet build -c Release -v q --nologo src/Gateway >/dev/null
data=$(mktemp -d) port=${PORT:-5093} pid=
trap '[ -n "$pid" ] && kill "$pid" 2>/dev/null; wait 2>/dev/null; rm -rf "$data"' EXIT
now() { date +%s%3N; }

start() {
  local began; began=$(now)
  AiCloud__DataDirectory="$data" ASPNETCORE_URLS="http://127.0.0.1:$port" dotnet src/Gateway/bin/Release/net10.0/AiCloud.Gateway.dll >"$data/../measure-embedded.log" 2>&1 &
  pid=$!
  until curl -fs -o /dev/null "http://127.0.0.1:$port/health/ready"; do kill -0 "$pid" || { cat "$data/../measure-embedded.log" >&2; exit 1; }; sleep 0.02; done
  echo "$1: ready after $(($(now) - began)) ms"
}

start "first start"
kill "$pid"; wait "$pid" 2>/dev/null || true
start "second start"
sleep "${IDLE:-30}"
echo "idle: $(awk '/VmRSS/ { printf "%.0f MB resident", $2 / 1024 }' "/proc/$pid/status"), load $(cut -d' ' -f1 /proc/loadavg)"
