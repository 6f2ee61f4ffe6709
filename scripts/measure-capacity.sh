#!/usr/bin/env bash
# What one operation costs and what one account takes: the inputs of docs/capacity.md, on a cluster of one silo and one gateway on this machine (scripts/cluster.sh).
# Per operation: CPU of gateway, silo and PostgreSQL (from /proc), transactions, bytes of the write-ahead log; per account: rows and bytes of each table; per actor: managed memory.
# Five minutes with the build, two and a half of them measuring; wants the machine for itself. SIGNUPS=600 and CODES=6000 by default.
set -euo pipefail
cd "$(dirname "$0")/.."
export CLUSTER_DIR=${CLUSTER_DIR:-/tmp/aicloud-capacity} PGPORT=${PGPORT:-5611} PORT=${PORT:-5091}
export AiCloud__Limits__PerNetwork=0
trap 'scripts/cluster.sh down' EXIT
OPERATIONS_PORT=${OPERATIONS_PORT:-5092} scripts/cluster.sh up 1 >/dev/null
python3 scripts/capacity/measure.py "$CLUSTER_DIR" "$PORT" "${OPERATIONS_PORT:-5092}" "$PGPORT" "${SIGNUPS:-600}" "${CODES:-6000}"
