#!/usr/bin/env bash
# Lints the OpenAPI document with Redocly and Spectral's OWASP rules; exits non-zero on any error.
#   scripts/openapi-lint.sh                        starts the gateway on a free port with a throw-away data folder and lints what it serves
#   scripts/openapi-lint.sh openapi.json           lints a file
#   scripts/openapi-lint.sh http://127.0.0.1:5080  lints what a running gateway serves
set -euo pipefail

here="$(cd "$(dirname "$0")" && pwd)"
work="$(mktemp -d)"
gateway=""
finish() {
  if [[ -n "$gateway" ]]; then kill "$gateway" 2>/dev/null || true; wait "$gateway" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap finish EXIT

fetch() { curl -fsS --retry 60 --retry-delay 1 --retry-connrefused "$1/openapi/v1.json" -o "$work/openapi.json"; }

case "${1:-}" in
  "")
    dotnet build "$here/../src/Gateway" --nologo -v q
    dll="$(ls -t "$here"/../src/Gateway/bin/*/net10.0/AiCloud.Gateway.dll | head -1)"
    port="$(python3 "$here/free-port.py")"
    ASPNETCORE_URLS="http://127.0.0.1:$port" AiCloud__DataDirectory="$work/data" dotnet "$dll" >"$work/gateway.log" 2>&1 &
    gateway=$!
    fetch "http://127.0.0.1:$port" || { cat "$work/gateway.log" >&2; exit 1; }
    ;;
  http://* | https://*) fetch "${1%/}" ;;
  *) cp "$1" "$work/openapi.json" ;;
esac

export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
cd "$here/openapi-lint"
[[ -d node_modules ]] || npm ci --ignore-scripts --no-audit --no-fund
npx --no-install redocly lint --config redocly.yaml "$work/openapi.json"
npx --no-install spectral lint --ruleset spectral.yaml --fail-severity error "$work/openapi.json"
