# shellcheck shell=bash
# Shared by the scripts beside it: words, packages, builds. Answers go to stdout, everything else to stderr.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export LC_ALL=C.UTF-8

say() { printf '%s\n' "$*" >&2; }
die() {
  say "error: $1"
  [ $# -lt 2 ] || say "hint: $2"
  exit "${3:-1}"
}
has() { command -v "$1" >/dev/null 2>&1; }

# What CMakeLists.txt needs, and what the tests need on top, in the words of each package manager.
apt_build=(g++ cmake ninja-build libfmt-dev libexpected-dev nlohmann-json3-dev libcli11-dev libssl-dev
  libcurl4-openssl-dev zlib1g-dev libsolv-dev libsolvext-dev libarchive-dev libexpat1-dev libyaml-dev liblzma-dev
  libzstd-dev libtomlplusplus-dev)
dnf_build=(gcc-c++ cmake ninja-build fmt-devel expected-devel json-devel cli11-devel openssl-devel
  libcurl-devel zlib-devel libsolv-devel libarchive-devel expat-devel libyaml-devel tomlplusplus-devel)
apt_test=(catch2 clang libclang-rt-dev lld shellcheck jq python3 python3-jsonschema apt-utils dpkg-dev gnupg gpgv mmdebstrap mount
  openssl dnf rpm createrepo-c zstd)
dnf_test=(catch-devel clang compiler-rt lld ShellCheck jq python3 python3-jsonschema openssl rpm-build createrepo_c zstd)
# What unpacks a source package, on top of the build.
apt_source=(dpkg-dev patch xz-utils jq)
# What scripts/bench needs on top of them all.
apt_bench=(libbenchmark-dev hyperfine time)
# What scripts/release needs on top of the build and of sources: static libraries.
apt_release=(libc-ares-dev libc6-dev openssl binutils)
# What scripts/package needs on top of the build and of sources, by format.
apt_package_deb=(dpkg-dev file)
apt_package_rpm=(rpm file)
dnf_package_rpm=(rpm-build)
apt_cross=(g++-aarch64-linux-gnu qemu-user-static)  # and on top of that for aarch64

package_manager() {
  if has apt-get; then echo apt; elif has dnf; then echo dnf; fi
}

is_installed() {
  case $(package_manager) in
    apt) [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ] ;;
    dnf) rpm -q --quiet --whatprovides "$1" ;;
  esac
}

# Runs a command as root, by sudo where need be.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Runs a command with its output in a log that is shown only if the command fails.
logged() {
  local log=$1
  shift
  mkdir -p "$(dirname "$log")"
  "$@" >"$log" 2>&1 || {
    tail -n 60 "$log" >&2
    die "\`$*\` failed" "its whole output is in $log"
  }
}

apt_get() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@"; }
apt_install() {
  [ -n "$(find /var/lib/apt/lists -name '*_Packages*' -print -quit 2>/dev/null)" ] || apt_get update
  apt_get install -y --no-install-recommends "$@" && return
  # Old lists name files the mirror has replaced meanwhile.
  apt_get update && apt_get install -y --no-install-recommends "$@"
}
dnf_install() { as_root dnf -y --setopt=install_weak_deps=0 install "$@"; }

# Installs those of the packages that are missing; says what to install where it may not.
need_packages() {
  local package missing=()
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ] && ! has sudo; then
    die "packages are missing, and this is neither root nor a user with sudo" "have installed: ${missing[*]}"
  fi
  say "installing ${missing[*]}"
  logged "$top/build/packages.log" "$(package_manager)_install" "${missing[@]}"
}

need_build_packages() {
  case $(package_manager) in
    apt) need_packages "${apt_build[@]}" ;;
    dnf) need_packages "${dnf_build[@]}" ;;
    *) say "no apt and no dnf here: taking the compiler and libraries as they are" ;;
  esac
}

need_test_packages() {
  case $(package_manager) in
    apt) need_packages "${apt_test[@]}" ;;
    dnf) need_packages "${dnf_test[@]}" ;;
  esac
}

need_bench_packages() {
  case $(package_manager) in
    apt) need_packages "${apt_source[@]}" "${apt_bench[@]}" ;;
    *) say "taking Google Benchmark, hyperfine and GNU time as they are here" ;;
  esac
}

# need_release_packages ARCH: as for a portable file of it.
need_release_packages() {
  [ "$(package_manager)" = apt ] || die "the portable file is built from Debian's packages, and there is no apt here" \
    "run this on Debian 12, or in a container of it" 2
  case $1 in
    aarch64) need_packages "${apt_build[@]}" "${apt_source[@]}" "${apt_release[@]}" "${apt_cross[@]}" ;;
    *) need_packages "${apt_build[@]}" "${apt_source[@]}" "${apt_release[@]}" ;;
  esac
}

# archive_lines KIND: the archives this machine's own apt uses, as lines of that kind ("deb", "deb-src").
archive_lines() {
  local codename targets
  codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
  # shellcheck disable=SC2016
  targets=$(apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null) || true
  awk -v main="$codename" -v kind="$1" '$1 == main || $1 == main "-security" { if (!seen[$1]++) print kind, $2, $1, "main" }' \
    <<<"$targets"
}

# private_apt FOLDER TOOL ARGUMENT...: apt with sources.list, lists and cache in that folder: the machine's stay as they are.
private_apt() {
  local folder=$1 tool=$2
  shift 2
  mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial"
  "$tool" -q -o Dir::Etc::sourcelist="$folder/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::State::lists="$folder/lists" -o Dir::Cache="$folder/cache" -o APT::Sandbox::User="$(id -un)" "$@"
}

# need_package_packages deb|rpm
need_package_packages() {
  case $(package_manager)-$1 in
    apt-deb) need_packages "${apt_build[@]}" "${apt_source[@]}" "${apt_package_deb[@]}" ;;
    apt-rpm) need_packages "${apt_build[@]}" "${apt_source[@]}" "${apt_package_rpm[@]}" ;;
    dnf-rpm) need_packages "${dnf_build[@]}" "${dnf_package_rpm[@]}" ;;
    dnf-deb) die "a .deb is built on the distribution it is for, and there is no apt here" "name rpm instead" 2 ;;
    *) die "a package is built with what apt or dnf installs, and neither is here" "run this on Debian or on Enterprise Linux" 2 ;;
  esac
}

# Builds the small libsolv and libarchive that a package has, and what is measured. Where there is dnf, what the
# distribution's own are linked to is there too.
need_lean_libraries() {
  local library
  [ "$(package_manager)" = apt ] || return 0
  for library in libsolv libarchive; do
    "$top/scripts/build-$library" --any-version >/dev/null || say "note: this release's own $library is taken, with all it brings"
  done
}

# Configures and builds a preset, or only the targets named.
build() {
  local preset=$1 target launcher=() targets=()
  shift
  for target in "$@"; do targets+=(--target "$target"); done
  if has ccache; then
    launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
    export CCACHE_SLOPPINESS=pch_defines,time_macros  # as precompiled headers need
  fi
  say "building preset $preset"
  (cd "$top" && logged "build/$preset.configure.log" cmake --preset "$preset" "${launcher[@]}") || return
  (cd "$top" && logged "build/$preset.build.log" cmake --build --preset "$preset" -j "$(nproc)" "${targets[@]}") || return
}
