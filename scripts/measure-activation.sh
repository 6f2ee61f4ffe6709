#!/usr/bin/env bash
# What it costs that a version comes into force, with a hundred accounts and with a million on PostgreSQL: statements and milliseconds until every silo
# reads it, and of one account's first use. SIZES: other numbers, smallest first. A million rows need some 6 GB under TMPDIR and a few minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build -c Release -v q --nologo tests/Crash.Tests >/dev/null
AICLOUD_ACCOUNTS=${SIZES:-100,1000000} dotnet run -c Release --project tests/Crash.Tests --no-build --no-restore -- \
  --filter-class AiCloud.Consent.ActivationCostTests --show-live-output on --output Detailed | grep -E '^ *\||failed|total:'
