# shellcheck shell=bash
# A root that says it is Rocky Linux 9.6, with the real dnf 4 of Debian 12 and a replica of NVIDIA's repository, of EPEL
# and of the distribution's own. Read after lib.sh, whose words for Debian's roots these replace.
# shellcheck disable=SC2154,SC2034

# What is missing on this machine to make such a root, or nothing.
rocky_obstacle() {
  local tool
  for tool in createrepo_c modifyrepo_c rpmbuild rpmsign gpg openssl; do
    has "$tool" || { echo "$tool is not installed"; return; }
  done
}

# --- roots ---

make_base_roots() {
  base=$work/base
  make_rocky_replica &
  local making=$! unpacked=0
  unpack_dnf "$base" || unpacked=$?
  wait "$making" || return
  [ "$unpacked" = 0 ] || return
  serve_replica
  make_rocky "$base"
  new_root "$base"
  in_root dnf -q -y install bash systemd ca-certificates >&2 || return
  rm -rf "$base"
  save_root "$base"
  remove_root
}

# Unpacked is enough: dnf and rpm need nothing of what Debian's maintainer scripts do, which takes minutes.
unpack_dnf() {
  mkdir -p "$1"
  echo "deb $archive $codename main" |
    mmdebstrap --quiet --variant=extract --mode=root --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr \
      --include=base-files,bash,ca-certificates,coreutils,dash,diffutils,dnf,findutils,grep,rpm,sed,util-linux \
      "$codename" "$1" - || return
  # Nothing here is read, and every case copies the root.
  rm -rf "$1"/usr/share/{doc,locale,man,perl,zoneinfo} "$1"/usr/lib/x86_64-linux-gnu/{gconv,perl,perl-base}
}

make_rocky() {
  local root=$1
  rm -f "$root/etc/os-release"
  mkdir -p "$root"/{etc/{dnf/plugins,yum.repos.d,rpm,nvprov,pki/rpm-gpg},home/user}
  echo 'root:x:0:0::/root:/bin/sh' >"$root/etc/passwd"
  echo 'root:x:0:' >"$root/etc/group"
  printf '%s\n' 'NAME="Rocky Linux"' 'ID="rocky"' 'ID_LIKE="rhel centos fedora"' 'VERSION_ID="9.6"' \
    'PLATFORM_ID="platform:el9"' 'PRETTY_NAME="Rocky Linux 9.6 (Blue Onyx)"' >"$root/etc/os-release"
  mkdir -p "$root/etc/dnf/vars"
  echo 9 >"$root/etc/dnf/vars/releasever" # what dnf would ask the package system-release for
  # Debian's rpm keeps its database in root's home.
  echo '%_dbpath /var/lib/rpm' >"$root/etc/rpm/macros"
  cp "$work/ca.pem" "$root/etc/nvprov/ca.pem"
  cp "$replica/new/key/good.pub" "$root/etc/pki/rpm-gpg/RPM-GPG-KEY-test"
  printf '%s\n' '[base]' name=base "baseurl=$replica_url/base/9/x86_64/" enabled=1 gpgcheck=1 repo_gpgcheck=1 \
    gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-test sslcacert=/etc/nvprov/ca.pem >"$root/etc/yum.repos.d/base.repo"
  printf '%s\n' '[main]' gpgcheck=1 installonly_limit=3 clean_requirements_on_remove=True best=True \
    skip_if_unavailable=False >"$root/etc/dnf/dnf.conf"
  jq -n --arg url "$replica_url" --arg key "$(cat "$replica/new/key/fingerprint")" '
    def mirror($from; $to): {from: $from, to: ($url + $to), fingerprint: $key, ca_file: "/etc/nvprov/ca.pem"};
    {schema: "nvprov.config/1", proxy: null, mirrors: [
      mirror("https://developer.download.nvidia.com/compute/"; "/compute/"),
      mirror("https://dl.fedoraproject.org/pub/epel/"; "/epel/"),
      mirror("https://nvidia.github.io/libnvidia-container/"; "/libnvidia-container/")]}' >"$root/etc/nvprov/config.json"
  install_nvprov "$root"
}

# --- the replica ---

# Two states signed by one key: before the newest releases, and with them.
make_rocky_replica() {
  local wanted=(--only rhel9 --only epel --only container-toolkit-rpm --branch 570 --branch 580 --branch 610 --first-cuda 12.9)
  replica=$work/replica
  mkdir "$replica"
  "$top/scripts/make-test-repos" "$replica/old" "${wanted[@]}" --versions-up-to 580.159.04 >&2 || return
  cp -a "$replica/old" "$replica/new.part"
  "$top/scripts/make-test-repos" "$replica/new.part" "${wanted[@]}" >&2 || return
  mv "$replica/new.part" "$replica/new"
}

# One server for all cases: roots name its port in their files.
serve_replica() {
  replica=$work/replica
  replica_state old
  replica_mode good
  python3 "$top/tests/e2e/repo_server.py" "$work" "$replica/current" 2>"$work/repo.log" &
  echo $! >"$work/replica.pid"
  until_true 100 answers_at "$work/repo_port"
  replica_url=https://127.0.0.1:$(cat "$work/repo_port")
}

# --- doing things in the root ---

plan() { in_root nvprov plan --gpu L40S "$@"; }
apply() { in_root nvprov apply --gpu L40S -y "$@"; }
# Name and version of everything installed.
packages() { in_root rpm -qa --qf '%{name} %{evr}\n' | sort; }

# Everything with its times, but for what rpm touches whenever it reads its database.
stamps() {
  (cd "$root" && find . -xdev \( -path ./proc -o -path ./var/cache/nvprov -o -path './var/lib/rpm/rpmdb.sqlite-*' \) -prune \
    -o -printf '%p %y %m %U:%G %s %T@ %C@ %l\n' | sort)
}
# Every path with mode, owner and content, but no times and no record of attempts.
contents() {
  # rpm's database is compared by what it holds: merely to read it makes files beside it.
  local left_out=(./proc ./run ./root/.cache ./var/cache ./var/log ./var/lib/nvprov ./var/lib/dnf './var/lib/rpm/*')
  local but=() path
  for path in "${left_out[@]}"; do but+=(-path "$path" -prune -o); done
  (cd "$root" && find . -xdev "${but[@]}" -printf '%p %y %m %U:%G %l\n' | sort &&
    find ./etc ./var -xdev "${but[@]}" -type f -print0 | sort -z | xargs -0 sha256sum &&
    find ./usr -xdev "${but[@]}" -type f -printf '%p %s %T@\n' | sort)
  packages
}
