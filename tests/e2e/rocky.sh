#!/usr/bin/env bash
# Runs nvprov in a root of Debian 12 that says it is Rocky Linux 9.6, with the real dnf and the replica of NVIDIA's
# repository, EPEL and a base: plan, apply, apply again, a signature that does not hold.
# usage: tests/e2e/rocky.sh [PROGRAM [REPLICA]]     REPLICA: what `scripts/make-test-repos OUT --only rhel9 --only epel`
# made; without it one is made. Needs root, mmdebstrap, python3, openssl and what make-test-repos needs.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
nvprov=$(realpath "${1:-$top/build/release/nvprov}") suite=12 codename=bookworm
# shellcheck source=scripts/lib.sh
source "$top/scripts/lib.sh"
# shellcheck source=tests/e2e/lib.sh
source "$top/tests/e2e/lib.sh"

work=$(mktemp -d -t nvprov-rocky.XXXXXX)
chmod 755 "$work"
clean_up() {
  [ ! -s "$work/server.pid" ] || kill "$(cat "$work/server.pid")" 2>/dev/null || true
  remove_root
  rm -rf --one-file-system "$work"
}
trap clean_up EXIT
failed=0
check() {  # check WORDS COMMAND...
  local words=$1
  shift
  if "$@" >"$work/out" 2>&1; then echo "ok    $words"; else
    echo "FAIL  $words"
    tail -n 20 "$work/out"
    failed=1
  fi
}

replica=${2:-}
if [ -z "$replica" ]; then
  replica=$work/replica
  "$top/scripts/make-test-repos" "$replica" --only rhel9 --only epel
fi
mapfile -t mirrors < <(machine_mirrors)
root=$work/root
mkdir -p "$root"
echo "deb ${mirrors[0]} $codename main" | mmdebstrap --quiet --variant=apt --mode=root \
  --include=dnf,dnf-plugins-core,rpm,ca-certificates "$codename" "$root" -
mount -t proc proc "$root/proc"
set_entrances
mkdir "$work/server"
echo good >"$work/server/repo_mode"
python3 "$top/tests/e2e/repo_server.py" "$work/server" "$replica" &
echo $! >"$work/server.pid"
until_true 100 test -s "$work/server/repo_port"
url=https://127.0.0.1:$(cat "$work/server/repo_port")
fingerprint=$(cat "$replica/key/fingerprint")

rm -f "$root/etc/os-release"
mkdir -p "$root"/etc/{yum.repos.d,rpm,nvprov,pki/rpm-gpg}
printf '%s\n' 'NAME="Rocky Linux"' 'ID="rocky"' 'ID_LIKE="rhel centos fedora"' 'VERSION_ID="9.6"' \
  'PLATFORM_ID="platform:el9"' 'PRETTY_NAME="Rocky Linux 9.6 (Blue Onyx)"' >"$root/etc/os-release"
# Debian's rpm keeps its database in root's home.
echo '%_dbpath /var/lib/rpm' >"$root/etc/rpm/macros"
printf '[main]\nenabled=0\n' >"$root/etc/dnf/plugins/local.conf"
cp "$work/server/ca.pem" "$root/etc/nvprov/ca.pem"
cp "$replica/key/good.pub" "$root/etc/pki/rpm-gpg/RPM-GPG-KEY-test"
printf '%s\n' '[base]' name=base "baseurl=$url/base/9/x86_64/" enabled=1 gpgcheck=1 repo_gpgcheck=1 \
  gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-test sslcacert=/etc/nvprov/ca.pem >"$root/etc/yum.repos.d/base.repo"
mirror() { printf '{"from": "%s", "to": "%s", "fingerprint": "%s", "ca_file": "/etc/nvprov/ca.pem"}' "$1" "$2" "$fingerprint"; }
printf '{"schema": "nvprov.config/1", "proxy": null, "mirrors": [%s, %s]}\n' \
  "$(mirror https://developer.download.nvidia.com/compute/ "$url/compute/")" \
  "$(mirror https://dl.fedoraproject.org/pub/epel/ "$url/epel/")" >"$root/etc/nvprov/config.json"
in_root dnf -q -y install kernel-core systemd ca-certificates >"$work/out" 2>&1 || { cat "$work/out"; exit 1; }
install_nvprov "$root"

plan() { in_root nvprov plan --gpu L40S; }
says_untrusted() { [[ $(in_root nvprov plan --gpu L40S 2>&1) == *"signature of a repository does not hold"* ]]; }
apply() { in_root nvprov apply --gpu L40S -y; }
not() { ! "$@"; }
mode() { echo "$1" >"$work/server/repo_mode"; rm -rf "$root/var/cache/nvprov"; }

mode wrong-key
check "metadata signed with another key is refused" not plan
check "and it says why" says_untrusted
mode good
stamps >"$work/before"
check "a plan is made" plan
stamps >"$work/after"
check "the plan changes nothing of the host" cmp "$work/before" "$work/after"
check "apply does it" apply
check "the driver is installed" in_root rpm -q nvidia-driver-cuda kmod-nvidia-open-dkms
check "its module stream is enabled" grep -q '^state=enabled' "$root/etc/dnf/modules.d/nvidia-driver.module"
check "its versions are held" grep -q '^nvidia-driver-cuda-3:' "$root/etc/dnf/plugins/versionlock.list"
in_root rpm -qa | sort >"$work/packages"
check "apply again does nothing" apply
check "the same packages are there" cmp "$work/packages" <(in_root rpm -qa | sort)
[ "$failed" = 0 ]
