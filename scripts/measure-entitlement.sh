#!/usr/bin/env bash
# How long an answer to another service takes (p50, p99, per second), beside an actor call that does nothing and a request without an actor, in one run:
# gateway, silo, SQLite and the caller in one process, Release. CALLS: how many of each (20000).
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build -c Release -v q --nologo tests/Gateway.Tests >/dev/null
AICLOUD_ENTITLEMENT_CALLS=${CALLS:-20000} dotnet run -c Release --project tests/Gateway.Tests --no-build --no-restore -- \
  --filter-class AiCloud.Services.EntitlementTimeTests --show-live-output on --output Detailed | grep -E '^ *\||failed|total:'
