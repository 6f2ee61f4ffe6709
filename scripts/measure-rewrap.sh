#!/usr/bin/env bash
# How fast `keys rewrap` goes beside writers, and what it costs them, on a throw-away PostgreSQL (Release). ROWS: how many (200000).
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build -c Release -v q --nologo tests/Storage.Tests >/dev/null
AICLOUD_REWRAP_ROWS=${ROWS:-200000} dotnet run -c Release --project tests/Storage.Tests --no-build --no-restore -- \
  --filter-class AiCloud.Protection.RewrapTimeTests --show-live-output on --output Detailed | grep -E '^ *\||failed|total:'
