#!/usr/bin/env bash
# Crashes, freezes and lost answers between every two steps, and what else takes long (tests/Crash.Tests), which `dotnet test` passes by.
#   scripts/fault-matrix.sh        a part that covers every step; gates a landing as the test command does
#   scripts/fault-matrix.sh full   everything: several completions at each step, phone and e-mail, a frozen silo that is declared dead and one that nobody
#                                  missed, and each of these, kill -9 and lost answers on both databases. Alone on the machine.
set -euo pipefail
cd "$(dirname "$0")/.."
case "${1:-}" in
  "") unset AICLOUD_FAULT_MATRIX ;;
  full) export AICLOUD_FAULT_MATRIX=full ;;
  *) echo "usage: $0 [full]" >&2; exit 2 ;;
esac

run() { dotnet run --project "tests/$1" -- "${@:2}" --output Detailed --no-ansi --progress off; }
status=0
time run Crash.Tests || status=$?
if [ "${1:-}" = full ]; then run Process.Tests --filter-class "*SurvivalTests" || status=$?; fi
exit "$status"
