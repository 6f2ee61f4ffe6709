#!/usr/bin/env bash
# The tests that scripts/test.sh passes by: races in their hundreds, random walks, strangers in their thousands, a million rows, measured times, a scrape, and what repeats on
# PostgreSQL what is shown on SQLite. Some two minutes, and a build with every analyzer.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_TieredPGO=0
exec dotnet test --max-parallel-test-modules 1 --filter-trait Takes=long --ignore-exit-code 8 # a module without such tests
