#!/bin/sh
# Made by nvprov 0.1.0 for Rocky Linux 9.6 (Blue Onyx), x86_64, catalog of 2026-11-22.
# Profile deploy for 2x Tesla T4; driver 535.309.01 with the proprietary module; CUDA 11.8.0.
# Versions and keys are pinned: where a repository has them no more, this stops.
set -eu
[ "$(id -u)" = 0 ] || { echo 'error: this changes the system and needs root' >&2; exit 2; }
# shellcheck source=/dev/null
system=$(. /etc/os-release && echo "$ID $VERSION_ID $(uname -m)")
case $system in
  'rocky 9 x86_64') ;;
  'rocky 9.'*' x86_64') ;;
  *) echo "error: made for rocky 9 x86_64, this is $system" >&2; exit 4 ;;
esac
export LC_ALL=C DEBIAN_FRONTEND=noninteractive

mkdir -p /etc/pki/rpm-gpg
printf '%s' 'a2V5Cg==' | base64 -d >/etc/pki/rpm-gpg/KEY
echo 'a7998f247bd965694ff227fa325c81169a07471a8b6808d3e002a486c4e65975  /etc/pki/rpm-gpg/KEY' | sha256sum --check --status
chmod 0644 /etc/pki/rpm-gpg/KEY
if grep -Eqsv '^[[:space:]]*(#|$)' /etc/dnf/plugins/versionlock.list; then \
    echo "error: /etc/dnf/plugins/versionlock.list holds lines already; add this plan's by hand" >&2; exit 4; fi
printf '%s\n' \
    'gpu-driver-3:99.9.0-1.*' >/etc/dnf/plugins/versionlock.list
dnf -y --setopt=exit_on_lock=1 module reset gpu-driver
dnf -y --setopt=exit_on_lock=1 module enable gpu-driver:99-open
dnf -y --setopt=exit_on_lock=1 makecache --refresh
dnf -y --setopt=install_weak_deps=0 --setopt=exit_on_lock=1 install \
    gpu-driver-3:99.9.0-1.el9.x86_64 gpu-libs-3:99.9.0-1.el9.x86_64
dnf -y mark remove gpu-libs >/dev/null
