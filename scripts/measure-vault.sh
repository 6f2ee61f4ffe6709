#!/usr/bin/env bash
# What keys in a vault add to a sign-up and to an account that comes into memory, beside the file ring in one run (Release). PEOPLE: how many of each (300).
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build -c Release -v q --nologo tests/Gateway.Tests >/dev/null
AICLOUD_VAULT_PEOPLE=${PEOPLE:-300} dotnet run -c Release --project tests/Gateway.Tests --no-build --no-restore -- \
  --filter-class AiCloud.Protection.VaultTimeTests --show-live-output on --output Detailed | grep -E '^ *\||failed|total:'
