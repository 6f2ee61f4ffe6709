#!/usr/bin/env bash
# Faults under load, with real processes on PostgreSQL, on loopback (as root: in a network and mount namespace of its own); docs/reliability.md has the results.
#   scripts/faults.sh list                what there is
#   scripts/faults.sh [case…]             plays these cases, or all; prints a row for each; exit code 0 when every goal is met. About a minute each.
# RATE sign-ups a second (6). PREVIOUS: the commit that roll-release rolls from. BUILD=no takes what was built last. What the processes said: artifacts/faults/logs. Needs the .NET SDK and PostgreSQL 15+;
# cut-from-peers and cut-from-database need root and nft, disk-full needs root.
set -euo pipefail
cd "$(dirname "$0")/.."
previous=${PREVIOUS:-ec334cc} out=$PWD/artifacts/faults
publish() { # source folder, target folder
  for part in Silo Gateway; do
    dotnet publish "$1/src/$part" -c Release -r linux-x64 --self-contained false -p:PublishReadyToRun=true -o "$2/$part" -v q --nologo >/dev/null
  done
}
cases=("$@")
if [ ${#cases[@]} = 0 ]; then mapfile -t cases < <(grep -ohP '^        new\("\K[a-z-]+' tests/Faults/*Cases.cs); fi
if [[ " ${cases[*]} " == *" cut-from-"* ]] && ! command -v nft >/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && apt-get install -y -qq --no-install-recommends nftables >/dev/null
  else echo "cut-from-peers and cut-from-database need nft (package nftables)" >&2; exit 2; fi
fi
if [ "${BUILD:-}" != no ]; then
  dotnet build tests/Faults -c Release -v q --nologo -clp:ErrorsOnly >/dev/null
  [ "${cases[*]}" = list ] || publish "$PWD" "$out/current"
  if [[ " ${cases[*]} " == *" roll-release "* ]] && [ "$(cat "$out/previous/commit" 2>/dev/null)" != "$previous" ]; then
    rm -rf "$out/source" "$out/previous"; mkdir -p "$out/source"
    git archive "$previous" | tar -x -C "$out/source"
    publish "$out/source" "$out/previous"
    echo "$previous" >"$out/previous/commit"
  fi
fi
run=(dotnet tests/Faults/bin/Release/net10.0/AiCloud.Faults.dll --current "$out/current" --rate "${RATE:-6}" --logs "$out/logs")
[ -d "$out/previous" ] && run+=(--previous "$out/previous")
if [ "$(id -u)" = 0 ]; then exec unshare --net --mount bash -c 'ip link set lo up; exec "$@"' - "${run[@]}" "${cases[@]}"; fi
exec "${run[@]}" "${cases[@]}"
