#!/usr/bin/env bash
# Every test but those that take long (scripts/long-tests.sh, scripts/fault-matrix.sh); restores, builds, and fetches or starts what they need.
# Analyzers are left to the editor, to `dotnet build` and to a landing: they are a third of the compiler's work.
# Arguments go to every test module: scripts/test.sh --filter-class "*NotMineTests"
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_TieredPGO=0 # compilers and test processes live for a minute: what profiles cost them, they never earn back
[ $# = 0 ] || set -- "$@" --ignore-exit-code 8 # a module without such tests
if [ "${UseSharedCompilation:-}" = false ]; then
  # One compiler for the build instead of one for each project. Such an environment wants none to stay behind, so it goes with the script.
  export UseSharedCompilation=true
  trap 'dotnet build-server shutdown --vbcscompiler >/dev/null' EXIT
fi
dotnet test -p:RunAnalyzers=false --max-parallel-test-modules 1 --filter-not-trait Takes=long "$@"
