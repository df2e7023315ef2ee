# shellcheck shell=bash
# The portable file: built once, then taken as it is into roots that have nothing, or another distribution's everything.
# Each case is tried as root and as an ordinary user where that can differ. The cases with a network run in a network
# namespace of their own, in which there is nothing but what they start.
# shellcheck disable=SC2154
# shellcheck source=tests/e2e/lib.sh
source "$top/tests/e2e/lib.sh"

# --- what the cases share ---

shared=${shared:-$work/portable}
# What the file is for, and what runs it where that is not this machine.
arch=${arch:-x86_64} emulator=${emulator:-} preset=${preset:-portable}
portable_file() { find "$shared/out" -name "nvprov-*-$arch" 2>/dev/null; }
need_file() {
  [ "$(id -u)" = 0 ] || skip "entering a root needs root"
  [ ! -e "$shared/missing" ] || skip "$(cat "$shared/missing")"
  file=$(portable_file)
  [ -n "$file" ] || fail "the portable file was not built"
}

# A root with busybox and nothing else: no library, no /proc, no certificates.
make_busybox_root() {
  local applet
  root=$work/root
  if [ ! -x "$shared/busybox/bin/busybox" ]; then
    mkdir -p "$shared/busybox"
    (cd "$shared/busybox" && apt-get -qq download busybox-static && dpkg-deb -x busybox-static_*.deb .) >&2 ||
      skip "busybox-static cannot be had"
  fi
  mkdir -p "$root"/{bin,etc,tmp,home/user}
  chown 1000:1000 "$root/home/user"
  chmod 1777 "$root/tmp"
  cp "$shared/busybox/bin/busybox" "$root/bin/"
  for applet in sh ls cat id uname; do ln -s busybox "$root/bin/$applet"; done
  printf '%s\n' 'ID=tiny' 'VERSION_ID=1' 'PRETTY_NAME="Tiny 1"' >"$root/etc/os-release"
  echo 'user:x:1000:1000::/home/user:/bin/sh' >"$root/etc/passwd"
  put_file_in_root
}

# make_debian_root CODENAME: as mmdebstrap leaves it.
make_debian_root() {
  local mirrors
  root=$work/root
  mapfile -t mirrors < <(machine_mirrors)
  [ -n "${mirrors[0]:-}" ] || skip "this machine's apt names no Debian archive"
  has_tool mmdebstrap
  mkdir -p "$root"
  echo "deb ${mirrors[0]} $1 main" | mmdebstrap --quiet --variant=apt --mode=root "$1" "$root" - >&2 ||
    skip "no root of $1 could be made"
  put_file_in_root
}
has_tool() { command -v "$1" >/dev/null || skip "$1 is not installed"; }

put_file_in_root() {
  install -D -m 755 "$file" "$root/usr/local/bin/nvprov"
  [ -z "$emulator" ] || install -D -m 755 "$(command -v "$emulator")" "$root/bin/$emulator"
}
# by_both STATUS ARGUMENT...: the program in the root without one variable of the environment, as root and as a user.
by_both() {
  local status=$1 who
  shift
  for who in '' --userspec=1000:1000; do
    # shellcheck disable=SC2086
    expect "$status" env -i /usr/sbin/chroot $who "$root" ${emulator:+/bin/$emulator} /usr/local/bin/nvprov "$@"
  done
}
# What needs no network and no package manager.
works_alone() {
  by_both 0 --version
  by_both 0
  answers 'next '
  by_both 0 detect --json
  jq -e '.schema == "nvprov.facts/1"' "$work/out" >&2
  by_both 0 plan --distro debian-12 --gpu T4 --offline
  answers 'driver'
}

# --- the file ---

it_is_built_as_one_signed_static_file() {
  mkdir -p "$shared"
  openssl genpkey -algorithm ed25519 -out "$shared/key.pem" 2>/dev/null
  openssl pkey -in "$shared/key.pem" -pubout -out "$shared/nvprov.pub"
  expect 0 "$top/scripts/release" --key "$shared/key.pem" --out "$shared/out"
  file=$(portable_file)
  ! readelf -lW "$file" | grep -q INTERP || fail "it asks for a loader"
  [ "$(stat -c %s "$file")" -le 10000000 ] || fail "it has $(stat -c %s "$file") bytes"
  (cd "$shared/out" && sha256sum -c SHA256SUMS) >&2
  openssl pkeyutl -verify -rawin -pubin -inkey "$shared/nvprov.pub" -in "$shared/out/SHA256SUMS" -sigfile "$shared/out/SHA256SUMS.sig" >&2
  ! strings "$file" | grep -F "$top" >&2 || fail "it names the folder it was built in"
}
it_is_not_signed_by_what_is_no_ed25519_key() {
  openssl genrsa -out "$work/rsa.pem" 2048 2>/dev/null
  expect 2 "$top/scripts/release" --key "$work/rsa.pem" --out "$work/files"
  complains 'not an Ed25519 key'
  expect 2 "$top/scripts/release" --key "$work/none.pem" --out "$work/files"
  complains 'no key file'
  expect 2 "$top/scripts/release" --out /proc/none
  complains 'no files can be written'
}
it_names_everything_linked_in() {
  need_file
  expect 0 "$file" --version --licenses --json
  local names='["nlohmann_json","CLI11","tl-expected","fmt","toml++","curl","OpenSSL","c-ares","zlib",
    "libsolv","libarchive","libyaml","Expat","liblzma","zstd","glibc","libstdc++ and libgcc"]'
  jq -e --argjson names "$names" '[.components[].name] == $names' "$work/out" >&2
  jq -e '.components | all(.version | test("^[0-9]+[.][0-9]+"))' "$work/out" >&2
  expect 0 "$file" --version --licenses
  answers 'GNU LESSER GENERAL PUBLIC LICENSE'
  answers 'GCC RUNTIME LIBRARY EXCEPTION'
}
# The tests of what its libraries can do, linked as it is; run without anything of this machine's.
it_has_a_solver_for_both_kinds_of_packages() { has_a_solver; }
has_a_solver() {
  need_file
  mkdir -p "$work/root"
  cmake --build "$top/build/$preset" --target nvprov_static_tests >&2
  cp "$top/build/$preset/tests/static/nvprov_static_tests" "$work/root/tests"
  [ -z "$emulator" ] || cp "$(command -v "$emulator")" "$work/root/"
  # shellcheck disable=SC2086
  expect 0 env -i /usr/sbin/chroot "$work/root" ${emulator:+/$emulator} /tests
  answers 'All tests passed'
}
it_starts_within_5_ms() {
  need_file
  # More than the machine takes to start a static program that does nothing: the best of 100 each, in turns.
  local more
  echo 'int main() { return 0; }' | g++ -static -x c++ -o "$work/nothing" -
  more=$(python3 - "$file" "$work/nothing" <<'END'
import os, sys, time
def once(*command):
    start = time.perf_counter()
    child = os.posix_spawn(command[0], command, {}, file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
    if os.waitpid(child, 0)[1] != 0:
        sys.exit(f"{command} fails")
    return (time.perf_counter() - start) * 1000
rounds = [(once(sys.argv[1], "--version"), once(sys.argv[2])) for _ in range(100)]
print(round(min(r[0] for r in rounds) - min(r[1] for r in rounds), 2))
END
  )
  say "a start takes $more ms more than that of a program that does nothing"
  awk -v more="$more" 'BEGIN { exit !(more <= 5) }' || fail "a start takes $more ms more than that of a program that does nothing"
}

# --- roots ---

it_works_in_a_root_with_busybox_alone() {
  need_file
  make_busybox_root
  works_alone
}
it_works_without_os_release_and_passwd() {
  need_file
  make_busybox_root
  rm "$root/etc/os-release" "$root/etc/passwd"
  by_both 0 detect --json
  by_both 0 plan --distro debian-12 --gpu T4 --offline
}
it_works_on_debian_11() {
  works_on_debian bullseye
  by_both 0 plan --gpu T4 --offline
  answers 'Debian GNU/Linux 11'
}
it_works_on_debian_12() { works_on_debian bookworm; }
it_works_on_debian_13() { works_on_debian trixie; }
works_on_debian() {
  need_file
  make_debian_root "$1"
  works_alone
  expect 0 with_proc detect --json
  jq -e '.os.id == "debian"' "$work/out" >&2
  sha256sum --quiet -c <(sed "s|  .*|  $root/usr/local/bin/nvprov|" "$shared/out/SHA256SUMS") >&2
}
# It drives the host's own package manager: real apt with the real archive, real dnf with replicas.
it_plans_and_applies_on_debian() {
  passes_end_to_end 6 '@(image gets debians|image is left alone|as an ordinary user)' --suite 12 --suite 13
}
it_plans_and_applies_where_there_is_dnf() {
  passes_end_to_end 2 '@(to a fresh host|leaves everything alone)' --suite rocky-9
}
# passes_end_to_end COUNT PATTERN FLAG...: so many cases of scripts/e2e do with the file, which is copied as it is.
passes_end_to_end() {
  need_file
  expect 0 "$top/scripts/e2e" --nvprov "$file" "${@:3}" "$2"
  cat "$work/err" >&2
  if grep -q '^skip  all of' "$work/err"; then skip "$(sed -n 's/^skip  all of //p' "$work/err" | head -n 1)"; fi
  answers "$1 passed, 0 failed, 0 skipped"
}
# With /proc, in a namespace of mounts that ends with the command.
with_proc() {
  # shellcheck disable=SC2016
  unshare --mount --propagation private sh -c 'mount -t proc proc "$0/proc" && exec env -i /usr/sbin/chroot "$0" /usr/local/bin/nvprov "$@"' "$root" "$@"
}

# --- https: names, certificates, proxies ---

# Enough of Debian 12 for nvprov to ask for NVIDIA's key, before it would ask apt.
look_like_debian() {
  printf '%s\n' 'ID=debian' 'VERSION_ID="12"' 'VERSION_CODENAME=bookworm' >"$root/etc/os-release"
  mkdir -p "$root"/{etc/apt,usr/bin,var/lib/dpkg}
  printf "%s\\n" "#!/bin/sh" "exit 100" >"$root/usr/bin/apt-get"
  chmod +x "$root/usr/bin/apt-get"
  printf '%s\n' 'Package: dpkg' 'Status: install ok installed' 'Architecture: amd64' 'Version: 1.21.22' '' >"$root/var/lib/dpkg/status"
}

# alone CASE: runs it in a network namespace of its own, where port 53 is free.
alone() {
  need_file
  has_tool unshare
  has_tool ip
  unshare --net true 2>/dev/null || skip "no network namespace can be made here"
  make_busybox_root
  look_like_debian
  make_replica
  export work root shared file top nvprov suite arch emulator
  # shellcheck disable=SC2016
  unshare --net --pid --fork --kill-child bash -c 'set -euo pipefail; ip link set lo up; source "$top/tests/support/cases.sh"; source "$0"; trap stop_all EXIT; start_replica; "$1"' \
    "${BASH_SOURCE[0]}" "$1" >&2
}
stop_all() {
  stop_mirror
  stop_server dns
}

suite=12
make_replica() {
  replica=$shared/replica/debian12
  make_nvidia_replica debian12
}
# The replica at https://replica.test with a certificate of a test authority's.
start_replica() {
  unset https_proxy HTTPS_PROXY http_proxy HTTP_PROXY all_proxy ALL_PROXY no_proxy NO_PROXY
  echo good >"$work/repo_mode"
  python3 "$top/tests/e2e/repo_server.py" "$work" "$shared/replica/debian12/new" 2>"$work/repo.log" &
  echo $! >"$work/repo.pid"
  until_true 100 answers_at "$work/repo_port"
}
# The key is pinned by a fingerprint that it does not have: that nvprov refuses it is proof that it came, whole, from the
# replica, and no package manager is needed for what would follow.
nobodys_key=ABCDABCDABCDABCDABCDABCDABCDABCDABCDABCD
# lead_to_replica [PROXY [CA_FILE]]: a configuration, in JSON words, that leads NVIDIA's addresses to the replica.
lead_to_replica() {
  local proxy=${1:-null} ca_file=${2:-null}
  mkdir -p "$root/etc/nvprov"
  jq -n --arg to "https://replica.test:$(cat "$work/repo_port")/compute/cuda/repos/" --argjson proxy "$proxy" \
    --argjson ca_file "$ca_file" --arg key "$nobodys_key" \
    '{schema: "nvprov.config/1", proxy: $proxy, mirrors: [{from: "https://developer.download.nvidia.com/compute/cuda/repos/",
      to: $to, fingerprint: $key, ca_file: $ca_file}]}' >"$root/etc/nvprov/config.json"
}
name_in_hosts() { echo '127.0.0.1 localhost replica.test' >"$root/etc/hosts"; }
trust_replica_at() { install -D -m 644 "$work/ca.pem" "$root$1"; }
fetches_the_key() {
  by_both 5 plan --gpu T4 "$@"
  complains "$(cat "$shared/replica/debian12/new/key/fingerprint")"
}
does_not_fetch() { by_both "$1" plan --gpu T4; }

it_finds_the_certificates_of_every_distribution() { alone certificates_everywhere; }
certificates_everywhere() {
  local path
  name_in_hosts
  lead_to_replica
  for path in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/ca-bundle.pem \
    /etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem /etc/ssl/cert.pem; do
    trust_replica_at $path
    fetches_the_key
    rm "$root$path"
  done
}

it_says_what_to_install_where_there_are_no_certificates() { alone no_certificates; }
no_certificates() {
  name_in_hosts
  lead_to_replica
  does_not_fetch 1
  complains 'this machine has no file of authorities'
  # shellcheck disable=SC2016
  complains 'install `ca-certificates`'
}

it_trusts_no_other_authority() { alone other_authority; }
other_authority() {
  name_in_hosts
  lead_to_replica
  openssl req -x509 -newkey rsa:2048 -nodes -keyout "$work/other.key" -out "$work/other.pem" -days 2 -subj /CN=other 2>/dev/null
  install -D -m 644 "$work/other.pem" "$root/etc/ssl/cert.pem"
  does_not_fetch 5
  complains 'is not trusted'
}

it_takes_the_certificates_named() { alone certificates_named; }
certificates_named() {
  name_in_hosts
  lead_to_replica null '"/etc/nvprov/own.pem"'
  trust_replica_at /etc/nvprov/own.pem
  fetches_the_key
  lead_to_replica
  does_not_fetch 1
  printf '%s\n' '{"schema": "nvprov.config/1", "proxy": null, "mirrors": []}' >"$root/etc/nvprov/config.json"
  fetches_the_key --ca-file /etc/nvprov/own.pem --mirror-key $nobodys_key \
    --mirror "https://developer.download.nvidia.com/compute/cuda/repos/=https://replica.test:$(cat "$work/repo_port")/compute/cuda/repos/"
}

it_asks_the_name_server_of_resolv_conf() { alone name_server; }
name_server() {
  lead_to_replica
  trust_replica_at /etc/ssl/cert.pem
  does_not_fetch 1
  complains 'cannot be reached'
  echo 'nameserver 127.0.0.1' >"$root/etc/resolv.conf"
  python3 "$top/tests/contract/dns_server.py" "$work" 2>"$work/dns.log" &
  echo $! >"$work/dns.pid"
  until_true 100 test -e "$work/dns_ready"
  fetches_the_key
  grep -q '^replica.test 1$' "$work/dns_names" || fail "nobody asked for the address of replica.test"
}

it_goes_through_proxies() { alone proxies; }
proxies() {
  trust_replica_at /etc/ssl/cert.pem
  use_proxy
  lead_to_replica "\"http://$proxy_address\""
  fetches_the_key
  grep -q '^CONNECT replica.test:.* 200$' "$work/proxy_hosts" || fail "the proxy led nobody to replica.test"
  stop_server proxy
  use_proxy user:secret
  lead_to_replica "\"http://user:secret@$proxy_address\""
  fetches_the_key
  lead_to_replica "\"http://user:wrong@$proxy_address\""
  does_not_fetch 1
  if grep -q wrong "$work/err"; then fail "the password is in the message"; fi
}

it_needs_nothing_of_openssl_on_the_host() { alone foreign_openssl; }
foreign_openssl() {
  name_in_hosts
  lead_to_replica
  trust_replica_at /etc/ssl/cert.pem
  mkdir -p "$root/usr/lib/ssl"
  printf '%s\n' 'openssl_conf = all' '[all]' 'providers = some' 'ssl_conf = no' '[some]' 'absent = one' '[one]' 'module = /absent.so' \
    'activate = 1' >"$root/usr/lib/ssl/openssl.cnf"
  fetches_the_key
}
