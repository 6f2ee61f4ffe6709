#!/usr/bin/env bash
# Shows that the database tests provide themselves with PostgreSQL where there is none: takes it off a copy of this machine that nobody else sees
# (a mount namespace with an overlay over /, gone when the script ends), with its user, package lists and cached packages, and runs a test class.
# What is installed then comes from apt, by the tests alone (tests/Testing/Storage/PostgresBinaries.cs). Needs root on Debian and a network.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build -v q --nologo tests/Storage.Tests
export TESTS=$PWD/tests/Storage.Tests/bin/Debug/net10.0/AiCloud.Storage.Tests.dll COPY=$(mktemp -d)
trap 'rmdir "$COPY"' EXIT
unshare --mount --propagation private bash -euo pipefail <<'NAMESPACE'
mount -t tmpfs tmpfs "$COPY"
mkdir "$COPY"/{upper,work,root}
mount -t overlay overlay -o "lowerdir=/,upperdir=$COPY/upper,workdir=$COPY/work" "$COPY/root"
cd "$COPY/root"
mount -t proc proc proc; mount -t sysfs sysfs sys; mount --rbind /dev dev; mount -t tmpfs tmpfs tmp; mount -t tmpfs tmpfs run
printf '#!/bin/sh\nexit 101\n' > usr/sbin/policy-rc.d; chmod +x usr/sbin/policy-rc.d # packages start nothing in here
TMPDIR=/tmp DEBIAN_FRONTEND=noninteractive chroot . bash -euo pipefail <<'CHROOT'
apt-get purge -y -q 'postgresql*' >/tmp/purge.log 2>&1 || { cat /tmp/purge.log; exit 1; }
rm -rf /var/cache/apt/archives/*.deb /var/lib/apt/lists/*
userdel postgres 2>/dev/null || true
! ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null && ! id postgres 2>/dev/null && echo "PostgreSQL is gone."
dotnet "$TESTS" --filter-class AiCloud.Storage.MigrationTests --progress off
/usr/lib/postgresql/*/bin/initdb --version
tail -n 6 /var/log/apt/history.log
CHROOT
NAMESPACE
