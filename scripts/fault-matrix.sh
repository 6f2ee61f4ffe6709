#!/usr/bin/env bash
# The full matrix of crashes and freezes between every two steps of a completion: several completions at each step, phone and e-mail, a frozen
# silo that is declared dead and one that nobody missed, and each of these, kill -9 and lost answers on both databases. The test command runs a part
# of it that covers every step.
set -euo pipefail
cd "$(dirname "$0")/.."
export AICLOUD_FAULT_MATRIX=full
time dotnet run --project tests/Process.Tests -- --filter-class "*CrashTests" "*FreezeTests" "*SurvivalTests" "*LostAnswerTests" --output Detailed --progress off
