#!/usr/bin/env bash
# Images of silo and gateway without a container engine and without a registry: what Debian's packages and the .NET SDK give, in a tarball.
#   scripts/image.sh build [VERSION]  writes artifacts/image/{silo,gateway}.tar, for `docker load`, `podman load` or `skopeo copy docker-archive:…`
#   scripts/image.sh try              runs what is in the tarballs, in namespaces of its own: as user 1654, on a read-only root, with no shell
# build needs apt-get (Debian 12), dpkg-deb and python3; try needs root, unshare, and PostgreSQL for the cluster's part (PGBIN, or under /usr/lib/postgresql).
set -euo pipefail
cd "$(dirname "$0")/.."
out=$PWD/artifacts/image
# What the runtime loads: C and C++, TLS, ICU for Chinese order and names, time zones for Shanghai, certificates. No shell, no package manager.
packages=(base-files netbase libc6 libgcc-s1 libstdc++6 libssl3 libicu72 zlib1g tzdata ca-certificates)

build() {
  rm -rf "$out" && mkdir -p "$out"
  local arch=x64 root=$out/root; [ "$(uname -m)" = aarch64 ] && arch=arm64
  (mkdir -p "$out/debs" "$root" && cd "$out/debs" && apt-get download -q -o APT::Sandbox::User=root "${packages[@]}" >/dev/null)
  for deb in "$out"/debs/*.deb; do dpkg-deb -x "$deb" "$root"; done
  # What the packages' own scripts would make.
  mkdir -p "$root/etc/ssl/certs"
  cat "$root"/usr/share/ca-certificates/mozilla/*.crt >"$root/etc/ssl/certs/ca-certificates.crt"
  printf 'root:x:0:0:root:/root:/sbin/nologin\napp:x:1654:1654::/tmp:/sbin/nologin\n' >"$root/etc/passwd"
  printf 'root:x:0:\napp:x:1654:\n' >"$root/etc/group"
  printf 'hosts: files dns\n' >"$root/etc/nsswitch.conf"
  rm -rf "$root"/usr/share/{doc,man,lintian,bug,locale,common-licenses/*.gz} "$root"/usr/sbin "$root"/usr/share/zoneinfo/right
  chmod 1777 "$root/tmp"
  for part in Silo Gateway; do
    dotnet publish "src/$part" -c Release -r "linux-$arch" --self-contained -p:PublishReadyToRun=true --artifacts-path "$out/build" -o "$out/app-$part" -v q --nologo >/dev/null
    find "$out/app-$part" -name '*.pdb' -delete
    python3 scripts/image.py "$root" "$out/app-$part" "AiCloud.$part" "aicloud-${part,,}:${1:-0.1.0}" "$out/${part,,}.tar"
  done
  ls -l "$out"/*.tar
}

try() { bash scripts/image-try.sh "$out"; }

case "${1:-}" in
  build) build "${2:-}" ;;
  try) try ;;
  *) sed -n '2,5s/^# \?//p' "$0"; exit 2 ;;
esac
