#!/bin/sh
# Made by nvprov 0.1.0 for Debian GNU/Linux 12 (bookworm), x86_64, catalog of 2026-11-22.
# Profile deploy for 2x Tesla T4; driver 535.309.01 with the proprietary module; CUDA 11.8.0.
# Versions and keys are pinned: where a repository has them no more, this stops.
set -eu
[ "$(id -u)" = 0 ] || { echo 'error: this changes the system and needs root' >&2; exit 2; }
# shellcheck source=/dev/null
system=$(. /etc/os-release && echo "$ID $VERSION_ID $(uname -m)")
case $system in
  'debian 12 x86_64') ;;
  *) echo "error: made for debian 12 x86_64, this is $system" >&2; exit 4 ;;
esac
export LC_ALL=C DEBIAN_FRONTEND=noninteractive

mkdir -p /etc/apt/sources.list.d
printf '%s\n' \
    '# Written by nvprov: the components that hold the NVIDIA driver.' \
    'Types: deb' \
    'URIs: http://mirror.example.org/debian' \
    'Suites: bookworm bookworm-updates' \
    'Components: contrib non-free non-free-firmware' \
    'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg' \
    '' \
    'Types: deb' \
    'URIs: http://mirror.example.org/debian-security' \
    'Suites: bookworm-security' \
    'Components: contrib non-free non-free-firmware' \
    'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg' >/etc/apt/sources.list.d/nvprov-components.sources
chmod 0644 /etc/apt/sources.list.d/nvprov-components.sources
apt-get -q update --error-on=any
mkdir -p /etc/apt/preferences.d
printf '%s\n' \
    '# Written by nvprov: hold the driver at 535.309.01.' \
    'Package: libcuda1 nvidia-kernel-dkms nvidia-smi' \
    'Pin: version 535.309.01-0+deb12u1' \
    'Pin-Priority: 1001' >/etc/apt/preferences.d/nvprov-hold
chmod 0644 /etc/apt/preferences.d/nvprov-hold
automatic=$(apt-mark showauto liblzma5)
apt-get -y -q -o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confdef -o \
    Dpkg::Options::=--force-confold --no-install-recommends -o APT::Install-Suggests=false \
    --no-remove install libcuda1=535.309.01-0+deb12u1 libcudart11.0=11.8.89~11.8.0-5~deb12u1 \
    linux-headers-amd64=6.1.192-2 nvidia-kernel-dkms=535.309.01-0+deb12u1 \
    nvidia-persistenced=535.171.04-1~deb12u1 nvidia-smi=535.309.01-0+deb12u1 binutils=2.40-2 \
    binutils-common=2.40-2 binutils-x86-64-linux-gnu=2.40-2 bzip2=1.0.8-5+b1 cpp=4:12.2.0-3 \
    cpp-12=12.2.0-14+deb12u1 dkms=3.0.10-8+deb12u1 dpkg-dev=1.21.23 \
    firmware-nvidia-gsp=535.309.01-0+deb12u1 gcc=4:12.2.0-3 gcc-12=12.2.0-14+deb12u1 \
    glx-alternative-mesa=1.2.2 glx-alternative-nvidia=1.2.2 glx-diversions=1.2.2 \
    kmod=30+20221128-1 libasan8=12.2.0-14+deb12u1 libatomic1=12.2.0-14+deb12u1 libbinutils=2.40-2 \
    libcc1-0=12.2.0-14+deb12u1 libcom-err2=1.47.0-2+b2 libctf-nobfd0=2.40-2 libctf0=2.40-2 \
    libdpkg-perl=1.21.23 libelf1=0.188-2.1 libgcc-12-dev=12.2.0-14+deb12u1 \
    libgomp1=12.2.0-14+deb12u1 libgprofng0=2.40-2 libgssapi-krb5-2=1.20.1-2+deb12u5 \
    libisl23=0.25-1.1 libitm1=12.2.0-14+deb12u1 libjansson4=2.14-2 libk5crypto3=1.20.1-2+deb12u5 \
    libkeyutils1=1.6.3-2 libkmod2=30+20221128-1 libkrb5-3=1.20.1-2+deb12u5 \
    libkrb5support0=1.20.1-2+deb12u5 liblsan0=12.2.0-14+deb12u1 liblzma5=5.4.1-1+deb12u2 \
    libmpc3=1.3.1-1 libmpfr6=4.2.0-1 libnvidia-cfg1=535.309.01-0+deb12u1 \
    libnvidia-ml1=535.309.01-0+deb12u1 libnvidia-pkcs11-openssl3=535.309.01-0+deb12u1 \
    libnvidia-ptxjitcompiler1=535.309.01-0+deb12u1 libpci3=1:3.9.0-4 \
    libquadmath0=12.2.0-14+deb12u1 libssl3=3.0.22-1~deb12u2 libtirpc-common=1.3.3+ds-1 \
    libtirpc3=1.3.3+ds-1 libtsan2=12.2.0-14+deb12u1 libubsan1=12.2.0-14+deb12u1 \
    linux-compiler-gcc-12-x86=6.1.192-2 linux-headers-6.1.0-56-amd64=6.1.192-2 \
    linux-headers-6.1.0-56-common=6.1.192-2 linux-kbuild-6.1=6.1.192-2 lsb-release=12.0-1 \
    make=4.3-4.1 nvidia-alternative=535.309.01-0+deb12u1 \
    nvidia-installer-cleanup=20220217+3~deb12u1 nvidia-kernel-common=20220217+3~deb12u1 \
    nvidia-kernel-support=535.309.01-0+deb12u1 nvidia-legacy-check=535.309.01-0+deb12u1 \
    nvidia-modprobe=535.309.01-0+deb12u1 nvidia-support=20220217+3~deb12u1 patch=2.7.6-7 \
    pci.ids=0.0~2023.04.11-1 pciutils=1:3.9.0-4 update-glx=1.2.2 xz-utils=5.4.1-1+deb12u2
apt-mark auto binutils binutils-common binutils-x86-64-linux-gnu bzip2 cpp cpp-12 dkms dpkg-dev \
    firmware-nvidia-gsp gcc gcc-12 glx-alternative-mesa glx-alternative-nvidia glx-diversions kmod \
    libasan8 libatomic1 libbinutils libcc1-0 libcom-err2 libctf-nobfd0 libctf0 libdpkg-perl \
    libelf1 libgcc-12-dev libgomp1 libgprofng0 libgssapi-krb5-2 libisl23 libitm1 libjansson4 \
    libk5crypto3 libkeyutils1 libkmod2 libkrb5-3 libkrb5support0 liblsan0 libmpc3 libmpfr6 \
    libnvidia-cfg1 libnvidia-ml1 libnvidia-pkcs11-openssl3 libnvidia-ptxjitcompiler1 libpci3 \
    libquadmath0 libssl3 libtirpc-common libtirpc3 libtsan2 libubsan1 linux-compiler-gcc-12-x86 \
    linux-headers-6.1.0-56-amd64 linux-headers-6.1.0-56-common linux-kbuild-6.1 lsb-release make \
    nvidia-alternative nvidia-installer-cleanup nvidia-kernel-common nvidia-kernel-support \
    nvidia-legacy-check nvidia-modprobe nvidia-support patch pci.ids pciutils update-glx xz-utils >/dev/null
if [ -n "$automatic" ]; then echo "$automatic" | xargs apt-mark auto >/dev/null; fi
