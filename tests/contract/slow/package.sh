# shellcheck shell=bash
# The .deb and the .rpm of this machine's release: built once, then installed, upgraded and removed by the real apt and
# dnf in fresh roots. No rpm distribution can be had: there the root says it is Rocky Linux 9, the dnf and the libraries
# are Debian's, and what the .rpm requires is provided by an empty package.
# shellcheck disable=SC2154,SC2031
# shellcheck source=tests/e2e/lib.sh
source "$top/tests/e2e/lib.sh"

# --- what the cases share ---

shared=${shared:-$work/package}
maintainer='A Maintainer <packages@debian.org>'
version=$(sed -n 's/^project(nvprov VERSION \([0-9.]*\).*/\1/p' "$top/CMakeLists.txt")
codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
# deb12 on Debian 12.
release=$(. /etc/os-release && echo "${ID/#debian/deb}${VERSION_ID:-$VERSION_CODENAME}")

make_package() { expect 0 "$top/scripts/package" --maintainer "$maintainer" --out "$shared" "$@"; }
has_tool() { command -v "$1" >/dev/null || skip "$1 is not installed"; }
# need_package FORMAT [REVISION]: the package of an earlier case.
need_package() {
  [ "$(id -u)" = 0 ] || skip "entering a root needs root"
  package=$(find "$shared" -maxdepth 1 -name "nvprov[_-]$version-${2:-1}*.$1" 2>/dev/null)
  [ -n "$package" ] || fail "there is no .$1 of revision ${2:-1}"
}

# make_bare_root CODENAME: as mmdebstrap leaves it, with an ordinary user.
make_bare_root() {
  local mirrors bare=$shared/$1
  [ "$(id -u)" = 0 ] || skip "entering a root needs root"
  has_tool mmdebstrap
  if [ ! -d "$bare" ]; then
    mapfile -t mirrors < <(machine_mirrors)
    [ -n "${mirrors[0]:-}" ] || skip "this machine's apt names no Debian archive"
    rm -rf --one-file-system "$bare.part"
    mkdir -p "$bare.part"
    echo "deb ${mirrors[0]} $1 main" | mmdebstrap --quiet --variant=apt --mode=root "$1" "$bare.part" - >&2 ||
      skip "no root of $1 could be made"
    # The machine's own way out.
    apt-config dump 2>/dev/null | grep -E '^Acquire::https?::Proxy' >"$bare.part/etc/apt/apt.conf.d/01machine" || true
    cp -L /etc/resolv.conf "$bare.part/etc/resolv.conf" 2>/dev/null || true
    echo force-unsafe-io >"$bare.part/etc/dpkg/dpkg.cfg.d/unsafe-io"
    give_user "$bare.part"
    root=$bare.part in_root apt-get -qq update >&2 || skip "the archive cannot be read from a root"
    mv "$bare.part" "$bare"
  fi
  root=$work/root
  cp -a --reflink=auto "$bare" "$root"
}
give_user() {
  echo 'user:x:1000:1000::/home/user:/bin/sh' >>"$1/etc/passwd"
  echo 'user:x:1000:' >>"$1/etc/group"
  install -d -o 1000 -g 1000 "$1/home/user"
}

# With /proc, in a namespace of mounts that ends with the command.
enter() {
  # shellcheck disable=SC2016
  unshare --mount --propagation private sh -c 'mount -t proc proc "$0/proc" && exec "$@"' "$root" "$@"
}
in_root() { set_entrances; enter "${root_shell[@]}" "$@"; }
as_user() { set_entrances; enter "${user_shell[@]}" "$@"; }

put_in_root() { install -m 644 "$1" "$root/tmp/"; echo "/tmp/$(basename "$1")"; }
install_deb() { expect 0 in_root apt-get -y --no-install-recommends install "$(put_in_root "$package")"; }
# The packages the .deb names, without versions: the first of alternatives.
named_in() { dpkg-deb -f "$package" "$1" | tr ',' '\n' | sed 's/^ *//; s/[ |(:].*//' | sort -u; }

# What the host and its administrator have of nvprov beside the package.
leave_state() {
  install -d "$root"/{etc,var/log,var/cache}/nvprov "$root/var/lib/nvprov/journal"
  echo '{"schema": "nvprov.config/1", "proxy": null, "mirrors": []}' >"$root/etc/nvprov/config.json"
  echo '{}' >"$root/var/lib/nvprov/journal/2026-01-01-1.json"
  touch "$root/var/lib/nvprov/lock" "$root/var/log/nvprov/apt.log" "$root/var/cache/nvprov/index"
}
# Every path with mode, owner and size, but for what the package manager writes whatever it does.
files() {
  local left_out=(./proc ./dev ./tmp ./run ./var/lib/{dpkg,apt,dnf,rpm} ./var/cache/{apt,debconf,dnf,ldconfig}
    ./var/log/{apt,dpkg.log,alternatives.log} './var/log/dnf*' './var/log/hawkey*') path
  local but=(-name __pycache__ -prune -o)
  for path in "${left_out[@]}"; do but+=(-path "$path" -prune -o); done
  (cd "$root" && find . -xdev "${but[@]}" -type d -printf '%p/ %m %U:%G\n' -o -printf '%p %m %U:%G %s %l\n' | sort)
}
# files_are_as BEFORE [PATTERN]...: but for what the patterns name.
files_are_as() {
  local before=$1 patterns=()
  shift
  for pattern in "$@"; do patterns+=(-e "$pattern"); done
  files >"$work/after"
  grep -v "${patterns[@]:--e^$}" "$before" >"$work/expected"
  same "$work/expected" "$work/after" "other files are there than should be"
}

works() {
  expect 0 as_user nvprov --version
  answers "nvprov $version"
  expect 0 as_user nvprov plan --gpu T4 --distro "$1" --arch x86_64
  answers driver
  expect 0 in_root nvprov --version --licenses
}

# --- what is asked for ---

it_refuses_what_it_cannot_build() {
  expect 2 "$top/scripts/package"
  complains 'no format is named'
  expect 2 "$top/scripts/package" zip
  complains 'there is no format zip'
  complains 'the formats are deb and rpm'
  expect 2 "$top/scripts/package" deb rpm
  complains 'two formats'
  expect 2 "$top/scripts/package" --out /proc/none deb
  complains 'no files can be written to /proc/none'
  expect 2 "$top/scripts/package" --revision 1~2 deb
  complains 'is no revision'
  expect 2 "$top/scripts/package" --revision
  complains 'needs a value'
  expect 2 "$top/scripts/package" --maintainer somebody deb
  complains 'names no maintainer'
  expect 2 "$top/scripts/package" --maintainer $'A <a@debian.org>\nEssential: yes <b@debian.org>' deb
  expect 2 "$top/scripts/package" --fast deb
  complains 'unknown argument --fast'
}
it_says_what_is_missing_to_who_may_not_install_it() {
  make_bare_root "$codename"
  cp -a "$top/scripts" "$root/home/user/"
  expect 1 as_user /home/user/scripts/package --out /home/user/out rpm
  complains 'neither root nor a user with sudo'
  complains ' rpm'
}

# --- the .deb ---

it_builds_a_deb_for_this_release() {
  has_tool dpkg-shlibdeps
  (umask 077 && make_package deb)
  package=$shared/nvprov_$version-1~${release}_$(dpkg --print-architecture).deb
  [ "$(cat "$work/out")" = "$package" ] || fail "it is named $(cat "$work/out")"
  dpkg-deb -I "$package" >&2
  [ "$(dpkg-deb -f "$package" Maintainer)" = "$maintainer" ] || fail "the maintainer is another"
  dpkg-deb -x "$package" "$work/files"
  same <(libraries_and_apt "$work/files/usr/bin/nvprov") <(named_in Depends) "it depends on other packages than it needs"
  [ "$(named_in Recommends)" = ca-certificates ] || fail "it recommends other packages"
}
libraries_and_apt() {
  local library path
  echo apt >"$work/needed"
  for library in $(readelf -dW "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'); do
    path=$(realpath "$(ldd "$1" | awk -v l="$library" '$1 == l { print $3 }')")
    # A package may name it in /lib, which leads to /usr/lib.
    { dpkg -S "$path" 2>/dev/null || dpkg -S "${path#/usr}"; } | sed 's/:.*//' >>"$work/needed"
  done
  sort -u "$work/needed"
}
it_has_the_right_modes_owners_and_documents() {
  need_package deb
  dpkg-deb -c "$package" >"$work/list"
  cat "$work/list" >&2
  local document
  ! grep -Ev '^(d|-|l)[rwx-]{9} root/root ' "$work/list" || fail "not everything is root's"
  ! grep -E '^d' "$work/list" | grep -v '^drwxr-xr-x' || fail "a folder has another mode"
  ! grep -E '^-' "$work/list" | grep -Ev '^-rwxr-xr-x .* ./usr/bin/nvprov$|^-rw-r--r-- .* ./usr/share/' || fail "a file has another mode"
  ! grep -E '/share/man/[^ ]*[.][1-9]$' "$work/list" || fail "a manual page is not compressed"
  ! grep -E ' \./(etc|var)' "$work/list" || fail "it owns what is the administrator's"
  dpkg-deb -x "$package" "$work/files"
  readelf -SW "$work/files/usr/bin/nvprov" >"$work/sections"
  ! grep -F .symtab "$work/sections" || fail "the program is not stripped"
  ! grep -rF "$top" "$work/files" >&2 || fail "it names the folder it was built in"
  document=$work/files/usr/share/doc/nvprov
  grep -q 'common-licenses/Apache-2.0' "$document/copyright"
  grep -q 'JSON for Modern C++\|nlohmann' "$document/copyright"
  zgrep -q 'Keep a Changelog' "$document/changelog.gz"
  zgrep -qxF "nvprov ($version-1~$release) $codename; urgency=medium" "$document/changelog.Debian.gz"
  [ ! -e "$document/LICENSE" ] || fail "the licence is there twice"
}
it_brings_the_manual_page_and_completions() {
  need_package deb
  dpkg-deb -x "$package" "$work/files"
  for path in man/man1/nvprov.1.gz bash-completion/completions/nvprov zsh/vendor-completions/_nvprov \
    fish/vendor_completions.d/nvprov.fish; do
    [ -s "$work/files/usr/share/$path" ] || fail "there is no /usr/share/$path"
  done
  zcat "$work/files/usr/share/man/man1/nvprov.1.gz" >"$work/out"
  answers '.TH NVPROV 1'
}
it_is_the_same_file_when_built_again() {
  need_package deb
  cp "$package" "$work/first.deb"
  make_package deb
  cmp "$work/first.deb" "$package" >&2
}
it_installs_in_a_bare_root() {
  need_package deb
  make_bare_root "$codename"
  packages | awk '{print $2}' >"$work/before"
  install_deb
  packages | awk '{print $2}' | grep -vxFf "$work/before" >"$work/new"
  # Whatever else came was brought by the libraries.
  cat "$work/new" >&2
  ! grep -E -e '-dev$|^(gcc|g[+][+]|ca-certificates)' "$work/new" || fail "packages came that it does not declare"
  works debian-12
  expect 0 as_user nvprov plan --gpu T4 --source distro
  expect 0 in_root dpkg -V nvprov
  [ ! -s "$work/out" ] || fail "dpkg -V: $(cat "$work/out")"
}
it_leaves_nothing_but_what_is_the_hosts() {
  need_package deb
  make_bare_root "$codename"
  mapfile -t names < <(named_in Depends)
  install_in_root "${names[@]}"
  leave_state
  files >"$work/before"
  install_deb
  expect 0 in_root nvprov plan --gpu T4 --source distro
  expect 0 in_root apt-get -y remove nvprov
  files_are_as "$work/before" '^./var/cache/nvprov'
  expect 0 in_root apt-get -y purge nvprov
  answers 'journal stays'
  files_are_as "$work/before" '^./var/cache/nvprov' '^./var/log/nvprov' '^./var/lib/nvprov/lock'
  expect 1 in_root dpkg-query -W nvprov
  # Without a journal there is nothing to keep.
  rm "$root"/var/lib/nvprov/journal/*
  install_deb
  expect 0 in_root apt-get -y purge nvprov
  files_are_as "$work/before" '^./var/cache/nvprov' '^./var/log/nvprov' '^./var/lib/nvprov'
}
it_keeps_its_state_at_an_upgrade() {
  need_package deb
  make_bare_root "$codename"
  install_deb
  leave_state
  files | grep -v '/usr/share/doc/nvprov/' >"$work/before"
  make_package --revision 2 deb
  need_package deb 2
  install_deb
  packages >"$work/installed"
  grep -qxF "ii  nvprov $version-2~$release" "$work/installed" || fail "the new one is not there"
  files | grep -v '/usr/share/doc/nvprov/' >"$work/after"
  same "$work/before" "$work/after" "the upgrade changed more than the package"
  works debian-12
}
it_satisfies_lintian() {
  need_package deb
  make_bare_root "$codename"
  install_in_root lintian >&2
  expect 0 as_user lintian --fail-on error,warning --info "$(put_in_root "$package")"
  cat "$work/out" "$top/packaging/lintian-overrides" >&2
}
it_is_built_on_debian_13_by_an_ordinary_user() {
  local missing
  make_bare_root trixie
  install -d -o 1000 -g 1000 "$root/home/user/nvprov"
  tar -C "$top" --exclude=./build --exclude=./.git --exclude=./.cache -c . | tar -C "$root/home/user/nvprov" --no-same-owner -x
  chown -R 1000:1000 "$root/home/user/nvprov"
  expect 1 as_user /home/user/nvprov/scripts/package deb
  missing=$(sed -n 's/^hint: have installed: //p' "$work/err")
  # shellcheck disable=SC2086
  install_in_root $missing
  expect 0 as_user /home/user/nvprov/scripts/package --maintainer "$maintainer" deb
  package=$root$(cat "$work/out")
  [[ $package == *_"$version-1~deb13_"*.deb ]] || fail "it is named $package"
  dpkg-deb -I "$package" >&2
  cp "$package" "$work/"
  package=$work/$(basename "$package")
  rm -rf --one-file-system "$root"
  make_bare_root trixie
  install_deb
  works debian-13
  expect 0 as_user nvprov plan --gpu L4 --source distro
  expect 0 in_root dpkg -V nvprov
  [ ! -s "$work/out" ] || fail "dpkg -V: $(cat "$work/out")"
  expect 0 in_root apt-get -y purge nvprov
  ! (cd "$root" && find . -xdev -path ./proc -prune -o -name '*nvprov*' -print | grep -v -e '^./tmp/' -e '/[.]cache/') ||
    fail "something is left"
}

# --- the .rpm ---

# A root that says it is Rocky Linux 9, where an empty package provides what the .rpm requires.
make_rocky_root() {
  local archive library
  has_tool rpmbuild
  has_tool createrepo_c
  has_tool mmdebstrap
  if [ ! -d "$shared/rocky" ]; then
    # shellcheck source=tests/e2e/rocky.sh
    source "$top/tests/e2e/rocky.sh"
    archive=$(machine_mirrors | sed -n 1p)
    [ -n "$archive" ] || skip "this machine's apt names no Debian archive"
    root=$shared/rocky.part
    rm -rf --one-file-system "$root"
    unpack_dnf "$root" || skip "no root with dnf could be made"
    say_rocky
    make_stand_ins
    mv "$root" "$shared/rocky"
  fi
  root=$work/root
  cp -a --reflink=auto "$shared/rocky" "$root"
}
say_rocky() {
  rm -f "$root/etc/os-release"
  printf '%s\n' 'NAME="Rocky Linux"' 'ID="rocky"' 'VERSION_ID="9.6"' 'PLATFORM_ID="platform:el9"' \
    'PRETTY_NAME="Rocky Linux 9.6 (Blue Onyx)"' >"$root/etc/os-release"
  # The folders in /usr are those of its package filesystem.
  mkdir -p "$root"/{etc/{dnf/vars,yum.repos.d,rpm},usr/share/{doc,licenses,man/man1},srv/stand-ins}
  echo 'root:x:0:0::/root:/bin/sh' >"$root/etc/passwd"
  echo 'root:x:0:' >"$root/etc/group"
  give_user "$root"
  echo 9 >"$root/etc/dnf/vars/releasever"
  # Debian's rpm keeps its database in root's home.
  echo '%_dbpath /var/lib/rpm' >"$root/etc/rpm/macros"
  printf '%s\n' '[stand-ins]' name=stand-ins baseurl=file:///srv/stand-ins gpgcheck=0 >"$root/etc/yum.repos.d/stand-ins.repo"
  # The libraries as files, as far as dnf has not brought them.
  for library in $(ldd "$top/build/package/nvprov" | grep -o '/[^ ]*'); do
    [ -e "$root$library" ] || install -D -m 755 "$library" "$root$library"
  done
}
make_stand_ins() {
  local word
  {
    printf '%s\n' 'Name: stand-in' 'Version: 1' 'Release: 1' 'Summary: nothing' 'License: none' 'BuildArch: noarch'
    while read -r word; do
      [[ $word == rpmlib* ]] || echo "Provides: $word"
    done < <(rpm -qp --requires "$package")
    printf '%s\n' '%description' nothing '%files'
  } >"$work/stand-in.spec"
  rpmbuild -bb --quiet --define "_topdir $work/build" --define "_rpmdir $root/srv/stand-ins" "$work/stand-in.spec" >&2
  createrepo_c --quiet "$root/srv/stand-ins" >&2
}
dnf_install_rpm() { expect 0 in_root dnf -y --setopt=install_weak_deps=0 install "$(put_in_root "$package")"; }

it_builds_an_rpm() {
  has_tool rpmbuild
  (umask 077 && make_package rpm)
  complains 'asks for the libraries of this distribution'
  package=$shared/nvprov-$version-1.$release.$(uname -m).rpm
  [ "$(cat "$work/out")" = "$package" ] || fail "it is named $(cat "$work/out")"
  rpm -qpi "$package" >&2
  rpm -qp --requires "$package" | sort >"$work/requires"
  cat "$work/requires" >&2
  local word
  for word in /usr/bin/dnf /usr/bin/rpm /usr/bin/unshare coreutils 'libcurl.so.4()(64bit)'; do
    grep -qxF "$word" "$work/requires" || fail "it does not require $word"
  done
  [ "$(rpm -qp --recommends "$package")" = ca-certificates ] || fail "it recommends other packages"
  rpm -qp --changelog "$package" >"$work/changelog"
  grep -qF "$maintainer - $version-1" "$work/changelog" || fail "the changelog is another's: $(cat "$work/changelog")"
  rpm -qp --qf '[%{FILEFLAGS:fflags} %{FILENAMES}\n]' "$package" >"$work/flags"
  grep -qx 'l /usr/share/licenses/nvprov/LICENSE' "$work/flags" || fail "the licence is not marked"
  grep -qx 'd /usr/share/doc/nvprov/README.md' "$work/flags" || fail "the documents are not marked"
  rpm -qp --qf '[%{FILEMODES:perms} %{FILEUSERNAME} %{FILEGROUPNAME} %{FILENAMES}\n]' "$package" >"$work/list"
  cat "$work/list" >&2
  ! grep -Ev '^(-rw-r--r--|drwxr-xr-x|lrwxrwxrwx) root root /usr/share/|^-rwxr-xr-x root root /usr/bin/nvprov$' "$work/list" || fail "a file has another mode or place"
}
it_is_installed_and_removed_by_dnf() {
  need_package rpm
  make_rocky_root
  expect 0 in_root rpm -qa
  [ ! -s "$work/out" ] || fail "the root is not empty: $(cat "$work/out")"
  leave_state
  files >"$work/before"
  dnf_install_rpm
  works rocky-9
  expect 0 in_root rpm -V nvprov
  [ ! -s "$work/out" ] || fail "rpm -V: $(cat "$work/out")"
  expect 0 in_root dnf -y remove nvprov
  expect 0 in_root rpm -qa
  [ ! -s "$work/out" ] || fail "packages are left: $(cat "$work/out")"
  files_are_as "$work/before" '^./var/cache/nvprov'
}
it_keeps_its_state_when_dnf_upgrades_it() {
  need_package rpm
  make_rocky_root
  dnf_install_rpm
  leave_state
  files | grep -v '/usr/share/doc/nvprov/' >"$work/before"
  make_package --revision 2 rpm
  need_package rpm 2
  dnf_install_rpm
  expect 0 in_root rpm -q nvprov
  answers "nvprov-$version-2.$release"
  files | grep -v '/usr/share/doc/nvprov/' >"$work/after"
  same "$work/before" "$work/after" "the upgrade changed more than the package"
}
