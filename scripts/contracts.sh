#!/usr/bin/env bash
# Writes the wire contracts of both grain projects anew (OrleansContracts.txt). Review the difference: it is what a rolling upgrade sees.
set -euo pipefail
cd "$(dirname "$0")/.."
for project in src/Grains.Interfaces src/Grains; do
  dotnet format "$project" analyzers --severity info --diagnostics ORLEANS0016 ORLEANS0017 ORLEANS0018 ORLEANS0019 ORLEANS0020 ORLEANS0022 ORLEANS0023 ORLEANS0024
done
