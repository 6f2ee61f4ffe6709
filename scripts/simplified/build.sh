#!/usr/bin/env bash
# Rebuilds src/Gateway/Names/simplified.txt from the package named in NOTICE.md beside it: a traditional, regional or Japanese form, tab, the simplified one. Needs npm and python3.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
tar -xzf "$(npm pack --silent opencc-js@1.4.2 | tail -1)"
python3 - "$here/../../src/Gateway/Names/simplified.txt" <<'PY'
import sys
def pairs(name):
    text = open(f"package/dist/esm-lib/dict/{name}.js", encoding="utf-8").read().split('"')[1]
    for entry in text.split("|"):
        source, *targets = entry.split(" ")
        if len(source) == 1 and len(targets[0]) == 1:
            yield source, targets[0]
simplified = dict(pairs("TSCharacters"))
table = dict(simplified)
japanese = [(new, old) for old, new in pairs("JPShinjitaiCharactersRev")]
for variant, standard in [*pairs("HKVariantsRev"), *pairs("TWVariantsRev"), *japanese]:
    table.setdefault(variant, simplified.get(standard, standard))
# A form that has a simplified one stays with it, and no chain is left: every target is its own.
def end(form, seen=()):
    return form if form not in table or form in seen else end(table[form], (*seen, form))
lines = [f"{source}\t{end(source)}" for source in sorted(table) if end(source) != source]
open(sys.argv[1], "w", encoding="utf-8").write("\n".join(lines) + "\n")
PY
