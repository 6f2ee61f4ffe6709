#!/usr/bin/env bash
# A cluster on this machine: a throw-away PostgreSQL (fsync on), SILOS silos and one gateway, as processes, on loopback.
#   scripts/cluster.sh up [SILOS]     publishes (Release, linux-x64), starts everything, prints addresses and process ids; state in ${CLUSTER_DIR:-/tmp/aicloud-cluster}
#   scripts/cluster.sh down           stops and removes it
# Needs the .NET SDK and PostgreSQL 15+ (PGBIN, or found under /usr/lib/postgresql). Settings of silos and gateway: AiCloud__… in the environment.
# OPERATIONS_PORT: of the silo's health and metrics, for one silo only.
set -euo pipefail
cd "$(dirname "$0")/.."
dir=${CLUSTER_DIR:-/tmp/aicloud-cluster} pgport=${PGPORT:-5597} port=${PORT:-5080}
PGBIN=${PGBIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)}
as=(); [ "$(id -u)" = 0 ] && as=(setpriv --reuid postgres --regid postgres --clear-groups)

down() {
  [ -f "$dir/pids" ] && while read -r pid; do kill "$pid" 2>/dev/null || true; done <"$dir/pids"
  [ -f "$dir/pids" ] && while read -r pid; do while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done; done <"$dir/pids"
  [ -d "$dir/pg" ] && (cd / && "${as[@]}" "$PGBIN/pg_ctl" -D "$dir/pg" -m fast stop >/dev/null 2>&1) || true
  rm -rf "$dir"
}

wait_for() { for _ in $(seq 150); do curl -fs -o /dev/null "$1" && return; sleep 0.2; done; echo "no answer from $1; see $dir/*.log" >&2; exit 1; }

up() {
  [ -d "$dir" ] && { echo "$dir exists: run '$0 down' first" >&2; exit 1; }
  # Compiled ahead of time, as an image would be: else the first minutes measure the compiler. BUILD=jit skips that.
  local out=$PWD/artifacts/cluster r2r=true; [ "${BUILD:-}" = jit ] && r2r=false
  for part in Silo Gateway; do
    dotnet publish "src/$part" -c Release -r linux-x64 --self-contained false -p:PublishReadyToRun=$r2r -o "$out/$part" -v q --nologo >/dev/null
  done
  mkdir -p "$dir"; [ "$(id -u)" = 0 ] && chown postgres "$dir"
  (cd / && "${as[@]}" "$PGBIN/initdb" -D "$dir/pg" -A trust -U postgres >/dev/null &&
    "${as[@]}" "$PGBIN/pg_ctl" -w -D "$dir/pg" -o "-p $pgport -c listen_addresses=127.0.0.1 -c max_connections=200 -k $dir" -l "$dir/pg.log" start >/dev/null)
  "$PGBIN/psql" -qh 127.0.0.1 -p "$pgport" -U postgres -c 'create database accounts'
  export AiCloud__Mode=Cluster AiCloud__Delivery__Mode=${AiCloud__Delivery__Mode:-Development}
  export AiCloud__Storage__ConnectionString="Host=127.0.0.1;Port=$pgport;Database=accounts;Username=postgres" AiCloud__Keys__File="$dir/keys.json"
  local silo=$out/Silo/AiCloud.Silo.dll gateway=$out/Gateway/AiCloud.Gateway.dll
  dotnet "$silo" migrate
  dotnet "$silo" keys "$dir/keys.json"
  for _ in $(seq "${1:-1}"); do
    AiCloud__Cluster__SiloPort=0 AiCloud__Cluster__GatewayPort=0 AiCloud__Operations__Port=${OPERATIONS_PORT:-0} dotnet "$silo" >>"$dir/silo.log" 2>&1 &
    echo $! >>"$dir/pids"
  done
  ASPNETCORE_URLS="http://127.0.0.1:$port" dotnet "$gateway" >"$dir/gateway.log" 2>&1 &
  echo $! >>"$dir/pids"
  wait_for "http://127.0.0.1:$port/health/ready"
  echo "gateway    http://127.0.0.1:$port"
  echo "processes  $(paste -sd, "$dir/pids")"
  echo "postgres   $(head -1 "$dir/pg/postmaster.pid") on port $pgport"
}

case "${1:-}" in
  up) up "${2:-1}" ;;
  down) down ;;
  *) sed -n '2,6s/^# \?//p' "$0"; exit 2 ;;
esac
