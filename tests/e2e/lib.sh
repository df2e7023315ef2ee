# shellcheck shell=bash
# Real roots of a Debian release, and what the cases do with them. Used by scripts/e2e, which sets $suite ("12"),
# $codename, $work (a folder of this suite), $nvprov (the program to test), $archive and $security_archive.
# shellcheck disable=SC2154

# --- mirrors ---

# Prints the archive and the security archive this machine's own apt uses, one per line.
machine_mirrors() {
  local codename targets
  if [ -n "${NVPROV_TEST_MIRROR:-}" ]; then
    printf '%s\n' "$NVPROV_TEST_MIRROR" "${NVPROV_TEST_SECURITY_MIRROR:-}"
    return
  fi
  codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
  # shellcheck disable=SC2016
  targets=$(apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null) || true
  awk -v r="$codename" '$1 == r { sub("/$", "", $2); print $2; exit }' <<<"$targets"
  awk -v r="$codename-security" '$1 == r { sub("/$", "", $2); print $2; exit }' <<<"$targets"
}

# one_line_sources | deb822_sources ARCHIVE SECURITY: what a Debian installer would have written.
one_line_sources() {
  printf 'deb %s %s main\n' "$1" "$codename" "$1" "$codename-updates"
  [ -z "$2" ] || printf 'deb %s %s main\n' "$2" "$codename-security"
}
deb822_sources() {
  local stanza='Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n'
  # shellcheck disable=SC2059
  printf "$stanza" "$1" "$codename $codename-updates"
  # shellcheck disable=SC2059
  [ -z "$2" ] || printf "\n$stanza" "$2" "$codename-security"
}

# Gives the root sources in the format named, from the mirrors named or the machine's own.
use_sources() {
  local format=$1 main=${2:-$archive} security=${3:-$security_archive}
  : >"$root/etc/apt/sources.list"
  rm -f "$root"/etc/apt/sources.list.d/*
  case $format in
    one-line) one_line_sources "$main" "$security" >"$root/etc/apt/sources.list" ;;
    deb822) deb822_sources "$main" "$security" >"$root/etc/apt/sources.list.d/debian.sources" ;;
  esac
}

# --- roots ---

# Makes the roots cases start from a copy of: $bare, as mmdebstrap leaves it, and $base, a host that has been in use:
# with fresh indexes of apt's and of nvprov's own. Debian 12 has one-line sources, 13 has deb822 ones.
make_base_roots() {
  bare=$work/bare base=$work/base
  mkdir -p "$bare"
  one_line_sources "$archive" "$security_archive" |
    mmdebstrap --quiet --variant=apt --mode=root "$codename" "$bare" - || return
  # The machine's own way out.
  apt-config dump 2>/dev/null | grep -E '^Acquire::https?::Proxy' >"$bare/etc/apt/apt.conf.d/01machine" || true
  cp -L /etc/resolv.conf "$bare/etc/resolv.conf" 2>/dev/null || true
  echo 'user:x:1000:1000::/home/user:/bin/sh' >>"$bare/etc/passwd"
  echo 'user:x:1000:' >>"$bare/etc/group"
  install -d -o 1000 -g 1000 "$bare/home/user"
  root=$bare use_sources "$([ "$suite" = 12 ] && echo one-line || echo deb822)"
  # What a case proves does not depend on how soon dpkg's files reach the disk; its time does.
  echo force-unsafe-io >"$bare/etc/dpkg/dpkg.cfg.d/unsafe-io"
  install_nvprov "$bare"
  new_root "$bare"
  in_root apt-get -qq update >&2 &&
    in_root nvprov plan --gpu T4 --source distro >"$work/first.plan" || return
  save_root "$base"
  remove_root
}

# Puts the program in a root with the libraries it was built against, which the root may have in other versions. A static
# program has none.
install_nvprov() {
  local folder=$1/opt/nvprov library loader
  if ! ldd "$nvprov" >/dev/null 2>&1; then
    install -D -m 755 "$nvprov" "$1/usr/local/bin/nvprov"
    return
  fi
  mkdir -p "$folder" "$1/usr/local/bin"
  cp "$nvprov" "$folder/nvprov"
  for library in $(ldd "$nvprov" | grep -o '/[^ ]*'); do cp -L "$library" "$folder/"; done
  loader=$(basename "$(ldd "$nvprov" | grep -o '/[^ ]*/ld-linux[^ ]*')")
  printf '#!/bin/sh\nexec /opt/nvprov/%s --library-path /opt/nvprov /opt/nvprov/nvprov "$@"\n' "$loader" \
    >"$1/usr/local/bin/nvprov"
  chmod +x "$1/usr/local/bin/nvprov"
}

# new_root FROM: makes $root, a copy with /proc mounted.
new_root() {
  root=$work/root
  cp -a --reflink=auto "$1" "$root"
  mount -t proc proc "$root/proc"
  set_entrances
}

# Keeps a copy of $root to start other cases from.
save_root() {
  cp -a --one-file-system --reflink=auto "$root" "$1.part"
  mv "$1.part" "$1"
}

# Ends what runs in $root and removes it with its mounts.
remove_root() {
  root=$work/root
  [ -d "$root" ] || return 0
  kill_in_root
  awk -v r="$root/" 'index($2, r) == 1 { print $2 }' /proc/mounts | sort -r | xargs -r -n 1 umount -l
  rm -rf --one-file-system "$root"
}

# kill -9 to every process whose root is $root, as a power cut would.
kill_in_root() {
  local link pids=()
  for link in /proc/[0-9]*/root; do
    [ "$(readlink "$link" 2>/dev/null)" = "$root" ] && pids+=("$(basename "$(dirname "$link")")")
  done
  [ ${#pids[@]} -gt 0 ] || return 0
  kill -9 "${pids[@]}" 2>/dev/null || true
  until_true 50 nobody_of "${pids[@]}"
}

nobody_of() { ! kill -0 "$@" 2>/dev/null; }

# until_true TENTHS COMMAND...: waits that long for the command to succeed.
until_true() {
  local tenths=$1 i
  shift
  for ((i = 0; i < tenths; ++i)); do
    ! "$@" || return 0
    sleep 0.1
  done
  fail "waited $((tenths / 10)) s in vain: $*"
}

# --- doing things in the root ---

# The command lines that lead into the root: as its root user, as its ordinary user.
plain_path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
set_entrances() {
  local variables
  mapfile -t variables < <(env | grep -iE '^(https?|no)_proxy=')
  variables+=(PATH="$plain_path" TERM=dumb LC_ALL=C DEBIAN_FRONTEND=noninteractive)
  # Where the program was built with sanitizers, what they find is no exit code of the program's own.
  variables+=(ASAN_OPTIONS=exitcode=99 UBSAN_OPTIONS=exitcode=99)
  root_shell=(chroot "$root" env -i HOME=/root "${variables[@]}")
  user_shell=(chroot --userspec=1000:1000 "$root" env -i HOME=/home/user "${variables[@]}")
  machine_shell=(unshare --mount --propagation private --pid --fork --kill-child
    python3 "$(dirname "${BASH_SOURCE[0]}")/as_machine.py" "$root" env -i HOME=/root "${variables[@]}")
}
in_root() { "${root_shell[@]}" "$@"; }
as_user() { "${user_shell[@]}" "$@"; }
# The root as a machine of its own, not as a changed root on this one; what runs in it ends with the command.
on_machine() { "${machine_shell[@]}" "$@"; }
# The program inside the root, for a T4: with Debian's own archive, and with the source nvprov chooses.
plan() { in_root nvprov plan --gpu T4 --source distro "$@"; }
apply() { in_root nvprov apply --gpu T4 --source distro -y "$@"; }
plan_auto() { in_root nvprov plan --gpu T4 "$@"; }
apply_auto() { in_root nvprov apply --gpu T4 -y "$@"; }

# writes_nothing APPLY...: it has nothing to do, and not a file of the root changes.
writes_nothing() {
  stamps >"$work/stamps.before"
  expect 0 "$@"
  answers 'nothing to do'
  stamps >"$work/stamps.after"
  same "$work/stamps.before" "$work/stamps.after" "the second apply wrote something"
}
# The CUDA runtime of the release's own archive: its release, its package, the library it brings; and a release that
# NVIDIA's repository for it has.
set_debian_cuda() {
  # shellcheck disable=SC2034
  case $suite in
    12) debian_cuda=11.8 debian_cudart=libcudart11.0 debian_library=libcudart.so.11.0 nvidia_cuda=12.4 ;;
    13) debian_cuda=12.4 debian_cudart=libcudart12 debian_library=libcudart.so.12 nvidia_cuda=13.1 ;;
  esac
}
install_in_root() { in_root apt-get -qq install -y --no-install-recommends "$@" >/dev/null; }
# A path leads to something, as the root sees it.
there() { in_root test -e "$1" || fail "$1 is not there"; }
the_driver_is_there() {
  there /usr/bin/nvidia-smi
  # shellcheck disable=SC2016
  in_root sh -c 'for library in /usr/lib/*/libcuda.so.1 /usr/lib/*/nvidia/current/libcuda.so.1; do test ! -e "$library" || exit 0; done; exit 1' ||
    fail "libcuda.so.1 is not there"
}
# Name and version of everything installed.
packages() {
  # shellcheck disable=SC2016
  in_root dpkg-query -W -f '${db:Status-Abbrev} ${Package} ${Version}\n'
}

# What the last command's JSON holds at a jq filter; fails where that is null or false.
field() { jq -er "$1" "$work/out"; }

# --- hosts on which something needs consent ---

# Builds and installs a package of this site: install_local NAME VERSION [CONTROL FIELD]...
install_local() {
  local folder=$work/local
  rm -rf "$folder"
  mkdir -p "$folder/DEBIAN"
  printf '%s\n' "Package: $1" "Version: $2" 'Architecture: amd64' 'Maintainer: test <test@example.org>' \
    "${@:3}" 'Description: a package of this site' >"$folder/DEBIAN/control"
  dpkg-deb --build --root-owner-group "$folder" "$root/tmp/local.deb" >&2
  in_root dpkg -i /tmp/local.deb >&2
}
install_a_conflicting_package() { install_local local-gpu-library 1.0 'Conflicts: nvidia-smi'; }

# Installs and holds an older driver library: the release's own where its security archive has a newer one.
hold_an_older_library() {
  use_sources one-line
  sed -i 's/ main$/ main contrib non-free/' "$root/etc/apt/sources.list"
  in_root apt-get -qq update
  if [ "$(in_root apt-cache madison libcuda1 | wc -l)" -gt 1 ]; then
    install_in_root -t "$codename" libcuda1 >&2
  else
    install_local libcuda1 1.0 'Multi-Arch: same'
  fi
  in_root apt-mark hold libcuda1 >&2
}

# --- what a root holds ---

# Everything with its times: differs when anything was written, even the same bytes. Left out are nvprov's cache and its
# folder in /run, where what apt has to know of the network lies during a run.
stamps() {
  (cd "$root" && find . -xdev \( -path ./proc -o -path ./root/.cache/nvprov -o -path ./var/cache/nvprov \) -prune \
    -o -printf '%p %y %m %U:%G %s %T@ %C@ %l\n' | sort)
}
# Every path with mode, owner and content, but no times and no record of attempts (logs, journal, caches, indexes).
contents() {
  local left_out=(./proc ./run ./root/.cache ./home/user/.cache ./var/cache ./var/log ./var/lib/nvprov ./var/lib/apt/lists)
  local but=() path
  for path in "${left_out[@]}"; do but+=(-path "$path" -prune -o); done
  (cd "$root" && find . -xdev "${but[@]}" -printf '%p %y %m %U:%G %l\n' | sort &&
    find . -xdev "${but[@]}" -type f -print0 | sort -z | xargs -0 sha256sum)
}
remember_host() { contents >"$work/before"; }
host_is_as_before() {
  contents >"$work/after"
  same "$work/before" "$work/after" "the host is not as it was before"
}

# --- a mirror that can misbehave ---

# Starts it and gives the root sources that lead there.
use_faulty_mirror() {
  local upstreams=("$archive")
  [ -z "$security_archive" ] || upstreams+=("$security_archive")
  rm -f "$work/port"
  mirror_mode good
  python3 "$(dirname "${BASH_SOURCE[0]}")/mirror.py" "$work" "${upstreams[@]}" 2>"$work/mirror.log" &
  echo $! >"$work/mirror.pid"
  until_true 100 test -s "$work/port"
  local url
  url=http://127.0.0.1:$(cat "$work/port")
  use_sources one-line "$url/0" "${security_archive:+$url/1}"
}
mirror_mode() { echo "$1" >"$work/mode"; }
# Ends every server a case has started.
stop_mirror() {
  local name
  for name in mirror repo proxy; do stop_server "$name"; done
}
stop_server() {
  local pid
  pid=$(cat "$work/$1.pid" 2>/dev/null) || return 0
  rm -f "$work/$1.pid"
  ! kill "$pid" 2>/dev/null || until_true 50 nobody_of "$pid"
}

# --- a replica of NVIDIA's repository that can misbehave ---

# Starts it and has the root's nvprov take it for the real one. It holds what there was before the newest releases,
# until `replica_state new`.
# use_nvidia_replica [NAME]: of this release's repository, or of another ("ubuntu2404").
use_nvidia_replica() {
  replica=$work/replica/${1:-debian$suite}
  make_nvidia_replica "${1:-debian$suite}"
  serve_in_place_of https://developer.download.nvidia.com/compute/cuda/repos/ /compute/cuda/repos
}
# With every package of CUDA that the catalog names, and cuDNN and NCCL.
use_develop_replica() {
  replica=$work/replica/develop
  if [ ! -d "$replica/new" ]; then
    "$top/scripts/make-test-repos" "$replica/part" --only "debian$suite" --branch 580 --first-cuda 12.8 --components >&2
    cp -a "$replica/part" "$replica/old"
    mv "$replica/part" "$replica/new"
  fi
  serve_in_place_of https://developer.download.nvidia.com/compute/cuda/repos/ /compute/cuda/repos
  replica_state new
}
# That of the container toolkit's repository alone; before the newest releases it has only some with known holes.
use_toolkit_replica() {
  replica=$work/replica/toolkit
  if [ ! -d "$replica/new" ]; then
    "$top/scripts/make-test-repos" "$replica/part" --only container-toolkit-deb >&2
    install -d "$replica/old"
    cp -a "$replica/part/key" "$replica/old/"
    "$top/scripts/make-test-repos" "$replica/old" --only container-toolkit-deb --toolkit-up-to 1.18.2 >&2
    mv "$replica/part" "$replica/new"
  fi
  serve_in_place_of https://nvidia.github.io/libnvidia-container/ /libnvidia-container
  replica_state new
}
# serve_in_place_of ADDRESS PATH: $replica, which nvprov in the root takes for what is at that address.
serve_in_place_of() {
  replica_state old
  replica_mode good
  stop_server repo  # of this very case: it has the port, and another replica
  python3 "$(dirname "${BASH_SOURCE[0]}")/repo_server.py" "$work" "$replica/current" 2>"$work/repo.log" &
  echo $! >"$work/repo.pid"
  until_true 100 answers_at "$work/repo_port"
  replica_url=https://127.0.0.1:$(cat "$work/repo_port")$2
  replica_key=$(cat "$replica/new/key/fingerprint")
  install -D -m 644 "$work/ca.pem" "$root/etc/nvprov/test-ca.pem"
  jq -n --arg from "$1" --arg to "$replica_url/" --arg key "$replica_key" '{schema: "nvprov.config/1", proxy: null, mirrors: [
    {from: $from, to: $to, fingerprint: $key, ca_file: "/etc/nvprov/test-ca.pem"}]}' >"$root/etc/nvprov/config.json"
}
# Something listens at the port a file names.
answers_at() { [ -s "$1" ] && (exec 3<>"/dev/tcp/127.0.0.1/$(cat "$1")") 2>/dev/null; }
# Both states are signed by one key.
make_nvidia_replica() {
  [ ! -d "$replica/new" ] || return 0
  "$top/scripts/make-test-repos" "$replica/part" --only "$1" >&2
  install -d "$replica/old"
  cp -a "$replica/part/key" "$replica/old/"
  "$top/scripts/make-test-repos" "$replica/old" --only "$1" --versions-up-to 580.159.04 >&2
  # Both may be made in one second, and apt would be told that nothing changed between them.
  find "$replica/old" -type f -exec touch -d '1 hour ago' {} +
  mv "$replica/part" "$replica/new"
}
# use_proxy [USER:PASSWORD]: starts one, which notes whom it led where in $work/proxy_hosts.
use_proxy() {
  rm -f "$work/proxy_port" "$work/proxy_hosts"
  python3 "$(dirname "${BASH_SOURCE[0]}")/proxy.py" "$work" "$@" 2>"$work/proxy.log" &
  echo $! >"$work/proxy.pid"
  until_true 100 answers_at "$work/proxy_port"
  # shellcheck disable=SC2034
  proxy_address=127.0.0.1:$(cat "$work/proxy_port")
}
replica_mode() { echo "$1" >"$work/repo_mode"; }
replica_state() { ln -sfn "$1" "$replica/current"; }

# is_as_large_as_planned GROWN PLANNED: bytes. The package managers round files up to a kilobyte; their own records and
# nvprov's come on top.
is_as_large_as_planned() {
  [ "$1" -le $(($2 + $2 / 10 + 1000000)) ] || fail "the layer is $1 bytes, the plan says $2"
  [ "$1" -ge $(($2 - $2 / 10)) ] || fail "the layer is only $1 bytes, the plan says $2"
}

# Images built by buildah, kept with the case.
builder() { buildah --storage-driver vfs --root "$work/images" --runroot "$work/images.run" "$@"; }
# build NAME: the Dockerfile on stdin, on top of the root as it is; what the builder says is in $work/out.
build() {
  [ -n "$(builder images -q base 2>/dev/null)" ] || {
    printf 'FROM scratch\nADD root /\n' >"$work/Dockerfile.base"
    builder bud --isolation chroot -q -t base -f "$work/Dockerfile.base" "$work" >&2
  }
  { echo 'FROM base'; cat; } >"$work/Dockerfile.$1"
  expect 0 builder bud --isolation chroot -t "$1" -f "$work/Dockerfile.$1" "$work/empty"
}
# $image is where the image's files are.
# shellcheck disable=SC2034
look_at() { image=$(builder mount "$(builder from "$1")"); }
