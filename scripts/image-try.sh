#!/usr/bin/env bash
# Runs what is in FOLDER/{silo,gateway}.tar as a pod would: user 1654, read-only root, own mounts and processes, the image's own files only.
# First the gateway alone, embedded: a person registers. Then the migration, a silo and a gateway on a throw-away PostgreSQL: ready, and SIGTERM ends them with 0.
set -euo pipefail
images=${1:?folder of the tarballs}
work=$(mktemp -d) pids=()
trap 'for pid in "${pids[@]}"; do kill -9 "$pid" 2>/dev/null || true; done; [ -d "$work/pg" ] && (cd / && "${as[@]}" "$PGBIN/pg_ctl" -D "$work/pg" -m immediate stop >/dev/null 2>&1) || true; rm -rf "$work"' EXIT
PGBIN=${PGBIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)}
as=(setpriv --reuid postgres --regid postgres --clear-groups)
fail() { echo "image-try: $*" >&2; tail -n 20 "$work"/*.log >&2 || true; exit 1; }
here=$(dirname "$(realpath "$0")")
free() { python3 "$here/free-port.py"; }

for image in silo gateway; do
  python3 - "$images/$image.tar" "$work/$image" <<'PY'
import io, json, os, sys, tarfile
archive = tarfile.open(sys.argv[1])
manifest = json.load(archive.extractfile("manifest.json"))[0]
config = json.load(archive.extractfile(manifest["Config"]))
assert config["config"]["User"] == "1654:1654", config
for layer in manifest["Layers"]:
    with tarfile.open(fileobj=io.BytesIO(archive.extractfile(layer).read())) as tar: tar.extractall(sys.argv[2], numeric_owner=True)
open(sys.argv[2] + ".entrypoint", "w").write("".join(
    f"{os.path.join(config['config']['WorkingDir'], word) if os.path.isfile(sys.argv[2] + os.path.join(config['config']['WorkingDir'], word)) else word}\n" for word in config["config"]["Entrypoint"]))
open(sys.argv[2] + ".env", "w").write("".join(f"{line}\n" for line in config["config"]["Env"]))
PY
  mkdir -p "$work/$image"/{proc,dev,tmp} # every container runtime mounts there
  [ ! -e "$work/$image/bin/sh" ] || fail "$image holds a shell"
done
# What a Secret's volume is: the one folder that comes from outside.
mkdir "$work/mounted" && chown 1654:1654 "$work/mounted"

# inside IMAGE [NAME=VALUE…] -- ARGUMENTS…: replaces this shell, so that signals and exit codes are the process's own.
inside() {
  local image=$1 settings entry; shift
  mapfile -t entry <"$work/$image.entrypoint"
  mapfile -t settings <"$work/$image.env"
  while [ "${1:-}" != -- ]; do settings+=("$1"); shift; done; shift
  exec unshare --mount -- bash -c '
    set -e
    root=$1 mounted=$2; shift 2
    mount --make-rprivate /
    mount --bind "$root" "$root"; mount -t proc proc "$root/proc"
    mount -t tmpfs tmpfs "$root/dev"
    for device in null zero random urandom; do touch "$root/dev/$device"; mount --bind "/dev/$device" "$root/dev/$device"; done
    mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"; mkdir "$root/tmp/mounted"; mount --bind "$mounted" "$root/tmp/mounted"
    mount -o remount,bind,ro "$root"
    exec env -i "${@:1:'${#settings[@]}'}" /usr/sbin/chroot --userspec=1654:1654 "$root" "${@:'$((${#settings[@]} + 1))'}"' \
    _ "$work/$image" "$work/mounted" "${settings[@]}" "${entry[@]}" "$@"
}

ready() { for _ in $(seq 240); do curl -fs -o /dev/null "$1/health/ready" && return; kill -0 "$2" 2>/dev/null || fail "a process ended"; sleep 0.25; done; fail "$1 is not ready"; }
ends() { kill -TERM "$1"; local code=0; wait "$1" || code=$?; [ "$code" = 0 ] || fail "SIGTERM ended a process with $code"; }

port=$(free) url=http://127.0.0.1:$port
(inside gateway ASPNETCORE_URLS="$url" AiCloud__DataDirectory=/tmp/data -- >"$work/embedded.log" 2>&1) & embedded=$!
pids+=("$embedded"); ready "$url" "$embedded"
[ "$(awk '/^Uid/{print $2}' "/proc/$embedded/status")" = 1654 ] || fail "does not run as 1654"
consent=$(curl -fs "$url/v1/documents" | python3 -c 'import json,sys; print(json.dumps([{k: d["inForce"][k] for k in ("version","sha256")} for d in json.load(sys.stdin) if d["kind"]=="privacy-agreement"][0]))')
curl -fs "$url/v1/registrations" -H 'content-type: application/json' -d "{\"method\":\"email\",\"email\":\"me@example.com\",\"privacyConsent\":$consent}" | grep -q '"state":"code_sent"' || fail "nobody can register"
ends "$embedded"; echo "embedded gateway: serves, registers, ends"

mkdir -p "$work/pgs" && chown postgres "$work" "$work/pgs" && chmod 711 "$work"
pgport=$(free)
(cd / && "${as[@]}" "$PGBIN/initdb" -D "$work/pg" -A trust -U postgres >/dev/null && "${as[@]}" "$PGBIN/pg_ctl" -w -D "$work/pg" -o "-p $pgport -c listen_addresses=127.0.0.1 -k $work/pgs" -l "$work/pgs/pg.log" start >/dev/null)
"$PGBIN/psql" -qh 127.0.0.1 -p "$pgport" -U postgres -c 'create database accounts'
cluster=(AiCloud__Mode=Cluster AiCloud__Delivery__Mode=Development AiCloud__Keys__File=/tmp/mounted/keys.json
  "AiCloud__Storage__ConnectionString=Host=127.0.0.1;Port=$pgport;Database=accounts;Username=postgres;GSS Encryption Mode=Disable")
(inside silo -- keys /tmp/mounted/keys.json) || fail "no key ring"
(inside silo "${cluster[@]}" -- migrate) || fail "no migration"
(inside silo "${cluster[@]}" AiCloud__Cluster__SiloPort=0 AiCloud__Cluster__GatewayPort=0 AiCloud__Operations__Port="$(free)" -- >"$work/silo.log" 2>&1) & silo=$!
pids+=("$silo"); port=$(free) url=http://127.0.0.1:$port
(inside gateway "${cluster[@]}" ASPNETCORE_URLS="$url" -- >"$work/gateway.log" 2>&1) & gateway=$!
pids+=("$gateway"); ready "$url" "$gateway"
ends "$gateway"; ends "$silo"; echo "cluster of one silo and one gateway: migrated, ready, ends"
