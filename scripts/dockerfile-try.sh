#!/usr/bin/env bash
# Builds deploy/image/Dockerfile with buildah and runs what comes of it as scripts/image-try.sh does. No container engine runs, and no registry is asked: stand-ins with the names of the two base
# images are made of Debian's packages and this machine's .NET SDK, so that every instruction of the Dockerfile is carried out; what it does not show is that the real base images are as expected.
#   scripts/dockerfile-try.sh [FOLDER]   leaves {silo,gateway}.tar there (artifacts/dockerfile)
# Needs root, Debian 12, buildah, debootstrap, python3, PostgreSQL (PGBIN, or under /usr/lib/postgresql).
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(realpath -m "${1:-artifacts/dockerfile}") work=$(mktemp -d)
trap 'umount "$work"/base/proc 2>/dev/null || true; rm -rf "$work"' EXIT
mkdir -p "$out"
store=(--storage-driver vfs --root "$work/store" --runroot "$work/run")
sdk=$(grep -oP '^FROM \K\S+(?= AS build)' deploy/image/Dockerfile) runtime=$(grep -oP '^FROM \K\S+(?= AS runtime)' deploy/image/Dockerfile)
dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")

standin() { # NAME ROOT [CONFIG…]
  local container; container=$(buildah "${store[@]}" from scratch)
  buildah "${store[@]}" add -q "$container" "$2" / >/dev/null
  buildah "${store[@]}" config "${@:3}" "$container"
  buildah "${store[@]}" commit -q --rm "$container" "$1" >/dev/null
  rm -rf "$2"
}
debootstrap --variant=minbase --include=libicu72,libssl3,ca-certificates bookworm "$work/base" >/dev/null
mkdir -p "$work/base/usr/share" && cp -r "$dotnet" "$work/base/usr/share/dotnet" && ln -sf /usr/share/dotnet/dotnet "$work/base/usr/bin/dotnet"
cp "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}" "$work/base/etc/ssl/certs/ca-certificates.crt" # whom this machine trusts, who may stand between it and the packages
rm -rf "$work"/base/{proc,dev,sys}/* "$work"/base/var/cache/apt/archives/*.deb
standin "$sdk" "$work/base" --env PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin --env DOTNET_CLI_TELEMETRY_OPTOUT=1 --env DOTNET_NOLOGO=1 --env "NUGET_CERT_REVOCATION_MODE=${NUGET_CERT_REVOCATION_MODE:-online}"

# The same files that scripts/image.sh starts from, and the shared runtime, which the real one has.
mkdir -p "$work/debs" "$work/chiselled"
eval "$(grep '^packages=' scripts/image.sh)"
(cd "$work/debs" && apt-get download -q -o APT::Sandbox::User=root "${packages[@]}" >/dev/null)
for deb in "$work"/debs/*.deb; do dpkg-deb -x "$deb" "$work/chiselled"; done
mkdir -p "$work/chiselled/etc/ssl/certs" "$work/chiselled/usr/share/dotnet" && cat "$work"/chiselled/usr/share/ca-certificates/mozilla/*.crt >"$work/chiselled/etc/ssl/certs/ca-certificates.crt"
cp -r "$dotnet"/{dotnet,host,shared} "$work/chiselled/usr/share/dotnet/" && ln -sf /usr/share/dotnet/dotnet "$work/chiselled/usr/bin/dotnet"
printf 'root:x:0:0:root:/root:/sbin/nologin\napp:x:1654:1654::/tmp:/sbin/nologin\n' >"$work/chiselled/etc/passwd"; printf 'root:x:0:\napp:x:1654:\n' >"$work/chiselled/etc/group"
rm -rf "$work"/chiselled/usr/share/{doc,man,lintian,bug,locale} "$work"/chiselled/usr/sbin; chmod 1777 "$work/chiselled/tmp"
standin "$runtime" "$work/chiselled" --env PATH=/usr/bin:/bin --env DOTNET_RUNNING_IN_CONTAINER=true --env SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt

for part in silo gateway; do
  buildah "${store[@]}" bud --isolation chroot --pull-never --ignorefile deploy/image/Dockerfile.dockerignore --volume "${NUGET_PACKAGES:-$HOME/.nuget/packages}:/root/.nuget/packages" \
    --target "$part" -f deploy/image/Dockerfile -t "aicloud-$part:try" . >"$work/$part.log" 2>&1 || { tail -n 40 "$work/$part.log"; exit 1; }
  rm -f "$out/$part.tar"
  buildah "${store[@]}" push -q "aicloud-$part:try" "docker-archive:$out/$part.tar:aicloud-$part:try" >/dev/null
done
ls -l "$out"/*.tar
bash scripts/image-try.sh "$out"
