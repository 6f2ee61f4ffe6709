#!/usr/bin/env bash
# Shows that the tests provide themselves with what they need where there is none: takes PostgreSQL, kubectl and promtool off a copy of this machine that
# nobody else sees (a mount namespace with an overlay over /, gone when the script ends), with their users, package lists and cached packages, and runs
# the test classes that want them. What is there then comes from apt, by the tests alone (tests/Testing/Storage/PostgresBinaries.cs,
# tests/Deploy.Tests/Tools/DebianTool.cs). Needs root on Debian and a network.
set -euo pipefail
cd "$(dirname "$0")/.."
for project in Storage Deploy; do dotnet build -v q --nologo "tests/$project.Tests"; done
export ROOT=$PWD COPY=$(mktemp -d)
trap 'rmdir "$COPY"' EXIT
unshare --mount --propagation private bash -euo pipefail <<'NAMESPACE'
mount -t tmpfs tmpfs "$COPY"
mkdir "$COPY"/{upper,work,root}
mount -t overlay overlay -o "lowerdir=/,upperdir=$COPY/upper,workdir=$COPY/work" "$COPY/root"
cd "$COPY/root"
# Where the repository lies on a file system of its own, the copy has to be told.
[ -d ".$ROOT/tests" ] || { mkdir -p ".$ROOT"; mount --rbind "$ROOT" ".$ROOT"; }
mount -t proc proc proc; mount -t sysfs sysfs sys; mount --rbind /dev dev; mount -t tmpfs tmpfs tmp; mount -t tmpfs tmpfs run
printf '#!/bin/sh\nexit 101\n' > usr/sbin/policy-rc.d; chmod +x usr/sbin/policy-rc.d # packages start nothing in here
TMPDIR=/tmp DEBIAN_FRONTEND=noninteractive chroot . bash -euo pipefail <<'CHROOT'
apt-get purge -y -q 'postgresql*' >/tmp/purge.log 2>&1 || { cat /tmp/purge.log; exit 1; }
rm -rf /var/cache/apt/archives/*.deb /var/lib/apt/lists/* "$ROOT"/tests/Deploy.Tests/bin/Debug/net10.0/debian
for tool in kubectl promtool; do for found in $(type -ap $tool || true); do rm -f "$found"; done; done
userdel postgres 2>/dev/null || true
! ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null && ! id postgres 2>/dev/null && ! type kubectl promtool 2>/dev/null && echo "PostgreSQL, kubectl and promtool are gone."
run() { dotnet "$ROOT/tests/$1.Tests/bin/Debug/net10.0/AiCloud.$1.Tests.dll" --filter-class "$2" --progress off; }
run Storage AiCloud.Storage.MigrationTests
/usr/lib/postgresql/*/bin/initdb --version
tail -n 6 /var/log/apt/history.log
run Deploy AiCloud.Manifests.RenderTests
run Deploy AiCloud.Monitoring.RuleTests
find "$ROOT"/tests/Deploy.Tests/bin/Debug/net10.0/debian -path '*/usr/bin/*'
CHROOT
NAMESPACE
