# shellcheck shell=bash
# Locks and audits of a folder and of archives of it, without root, GPU and network.
# shellcheck disable=SC2154,SC2016

# A Debian 12 disk with the distribution's driver; versions are those of the catalog, contents are invented.
make_root() {
  local root=$1 name
  mkdir -p "$root"/{etc/apt/sources.list.d,usr/bin,var/lib/dpkg/info,usr/lib/x86_64-linux-gnu}
  printf 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n' >"$root/etc/os-release"
  echo program >"$root/usr/bin/apt-get"
  echo 'deb http://deb.example.org/debian bookworm non-free' >"$root/etc/apt/sources.list.d/nvprov-distro.list"
  chmod 644 "$root/etc/apt/sources.list.d/nvprov-distro.list"
  printf 'Package: dpkg\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.21.22\n\n' >"$root/var/lib/dpkg/status"
  for name in libcuda1 nvidia-smi nvidia-kernel-dkms; do
    printf 'Package: %s\nStatus: install ok installed\nArchitecture: amd64\nVersion: 535.309.01-0+deb12u1\n\n' "$name"
  done >>"$root/var/lib/dpkg/status"
}
# An archive in which everything belongs to root, whoever runs this.
pack() { tar -C "$1" --owner=0 --group=0 --mode=go-w -c "${@:3}" -f "$2" .; }

it_locks_a_disk_and_finds_it_as_agreed() {
  make_root "$work/root"
  expect 0 "$nvprov" lock --root "$work/root" -o "$work/nvprov.lock"
  complains 'written to'
  jq -e '.schema == "nvprov.lock/1" and .distro == "debian-12" and .driver.version == "535.309.01"
    and ([.packages[].name] == ["libcuda1", "nvidia-kernel-dkms", "nvidia-smi"]) and (.files | length == 1)' "$work/nvprov.lock" >&2
  pack "$work/root" "$work/root.tar"
  expect 0 "$nvprov" audit --lock "$work/nvprov.lock" --root "$work/root.tar"
  answers 'as agreed: 3 packages, 1 file'
}
it_names_what_drifted_in_every_form_of_archive() {
  make_root "$work/root"
  expect 0 "$nvprov" lock --root "$work/root" -o "$work/nvprov.lock"
  sed -i '/Package: libcuda1/,/^$/s/535.309.01-0/535.309.02-0/' "$work/root/var/lib/dpkg/status"
  local packed
  for packed in tar tar.gz tar.xz tar.zst; do
    command -v zstd >/dev/null || [ $packed != tar.zst ] || continue
    pack "$work/root" "$work/root.$packed" --auto-compress
    expect 4 "$nvprov" audit --lock "$work/nvprov.lock" --root "$work/root.$packed" --json
    jq -e '.schema == "nvprov.audit/1" and ([.findings[] | "\(.check) \(.subject)"] == ["package-version libcuda1"])' "$work/out" >&2
  done
}
it_reads_an_archive_from_standard_input() {
  make_root "$work/root"
  expect 0 "$nvprov" lock --root "$work/root" -o "$work/nvprov.lock"
  pack "$work/root" "$work/root.tar"
  "$nvprov" audit --lock "$work/nvprov.lock" --root - <"$work/root.tar" >"$work/out" || fail "the archive on stdin is not as agreed"
  answers 'standard input'
  touch "$work/root/.dockerenv"
  pack "$work/root" "$work/root.tar"
  local status=0
  "$nvprov" audit --no-lock --root - <"$work/root.tar" >"$work/out" || status=$?
  [ $status = 4 ] || fail "exit $status instead of 4"
  answers 'libcuda1 is a part of the driver, and this is a container image'
}
it_says_when_there_is_no_lock() {
  make_root "$work/root"
  pack "$work/root" "$work/root.tar"
  expect 1 "$nvprov" audit --root "$work/root.tar"
  complains 'there is no lock to compare with'
  expect 1 "$nvprov" audit --root "$work/root.tar" --json
  jq -e '.schema == "nvprov.audit/1" and .findings == [] and .error.message == "there is no lock to compare with"
    and (.error.because | length == 1) and (.error.hints | length == 1)' "$work/out" >&2
  expect 0 "$nvprov" audit --root "$work/root.tar" --no-lock --json
  jq -e 'has("error") and .error == null' "$work/out" >&2
  expect 0 "$nvprov" audit --root "$work/root.tar" --no-lock
  answers 'nothing found that needs no lock'
  expect 2 "$nvprov" audit --lock "$work/missing.lock" --root "$work/root.tar"
  complains 'there is no lock file'
  echo '{"schema": "nvprov.lock/1"}' >"$work/bad.lock"
  expect 2 "$nvprov" audit --lock "$work/bad.lock" --root "$work/root.tar"
  complains 'bad.lock'
  expect 2 "$nvprov" audit --lock "$work/bad.lock" --no-lock
  complains 'exclude each other'
}
it_takes_the_lock_that_lies_there() {
  make_root "$work/root"
  expect 0 "$nvprov" lock --root "$work/root" -o "$work/nvprov.lock"
  mkdir -p "$work/root/var/lib/nvprov"
  cp "$work/nvprov.lock" "$work/root/var/lib/nvprov/nvprov.lock"
  rm "$work/root/etc/apt/sources.list.d/nvprov-distro.list"
  pack "$work/root" "$work/root.tar"
  expect 4 "$nvprov" audit --root "$work/root.tar"
  answers 'the repository file /etc/apt/sources.list.d/nvprov-distro.list is not there'
}
it_refuses_what_is_no_file_system() {
  mkdir -p "$work/image"
  echo '[]' >"$work/image/manifest.json"
  tar -C "$work/image" -cf "$work/image.tar" manifest.json
  expect 2 "$nvprov" audit --no-lock --root "$work/image.tar"
  complains 'docker save'
  complains 'docker export'
  echo words >"$work/words"
  expect 2 "$nvprov" audit --no-lock --root "$work/words" --json
  jq -e '.exit_code == 2' "$work/out" >&2
  expect 2 "$nvprov" audit --no-lock --root "$work/nowhere"
  complains 'holds no system'
}
it_refuses_an_archive_that_is_cut_off_between_two_files() {
  make_root "$work/root"
  truncate -s 100K "$work/root/usr/bin/huge"
  local form packed blocks
  for form in gnu pax; do
    pack "$work/root" "$work/whole.tar" --sparse --format=$form
    expect 0 "$nvprov" audit --no-lock --root "$work/whole.tar"
    # Without the zeros at the end, of which tar writes at least two blocks.
    blocks=$(($(LC_ALL=C tr '\0' '\n' <"$work/whole.tar" | grep -abo . | tail -n 1 | cut -d: -f1) / 512 + 1))
    head -c $((blocks * 512)) "$work/whole.tar" >"$work/cut.tar"
    expect 2 "$nvprov" audit --no-lock --root "$work/cut.tar"
    complains 'cut off'
    for packed in gzip xz; do
      $packed -c "$work/cut.tar" >"$work/cut.packed"
      expect 2 "$nvprov" audit --no-lock --root "$work/cut.packed"
      complains 'cut off'
    done
    local status=0
    "$nvprov" audit --no-lock --root - <"$work/cut.tar" >"$work/out" 2>"$work/err" || status=$?
    [ $status = 2 ] || fail "exit $status instead of 2 for standard input"
  done
}
it_writes_a_lock_in_the_forms_of_others() {
  make_root "$work/root"
  expect 0 "$nvprov" lock --root "$work/root" -o "$work/nvprov.lock"
  expect 0 "$nvprov" lock "$work/nvprov.lock" --format spdx
  jq -e '.spdxVersion == "SPDX-2.3" and (.packages | length == 3)' "$work/out" >&2
  mv "$work/out" "$work/first"
  expect 0 "$nvprov" lock --root "$work/root" --format spdx
  same "$work/first" "$work/out" "the same lock gives other bytes"
  expect 0 "$nvprov" lock "$work/nvprov.lock" --format cyclonedx
  jq -e '.bomFormat == "CycloneDX" and .specVersion == "1.5" and (.components[0].purl | startswith("pkg:deb/debian/libcuda1@535.309.01"))' "$work/out" >&2
  expect 2 "$nvprov" lock "$work/nvprov.lock" --format spxd
  complains 'did you mean'
  expect 2 "$nvprov" lock "$work/nvprov.lock" --update --format spdx
}
it_locks_no_plan_without_versions() {
  expect 0 "$nvprov" plan --distro debian-12 --offline --gpu T4 -o "$work/plan.json"
  expect 3 "$nvprov" lock "$work/plan.json"
  complains 'does not know which exact packages'
  expect 2 "$nvprov" lock "$work/missing.json"
  expect 2 "$nvprov" lock --update --root "$work"
}
it_takes_a_lock_and_nothing_else_for_apply() {
  expect 2 "$nvprov" apply --lock nvprov.lock --gpu T4 -y
  complains 'a lock already says what is wanted'
}
it_refuses_a_dry_run_where_apply_would() {
  make_root "$work/root"
  touch "$work/root/.dockerenv"
  sed -i '/^Package: libcuda1/,$d' "$work/root/var/lib/dpkg/status"
  printf 'Package: libcudart11.0\nStatus: install ok installed\nArchitecture: amd64\nVersion: 11.8.89~11.8.0-5~deb12u1\n\n' >>"$work/root/var/lib/dpkg/status"
  expect 0 "$nvprov" lock --root "$work/root" -o "$work/nvprov.lock"
  expect 0 "$nvprov" apply --dry-run --lock "$work/nvprov.lock" --root "$work/root"
  answers 'Nothing to do'
  sed -i 's/deb12u1"/deb12u2"/' "$work/nvprov.lock"
  expect 4 "$nvprov" apply --dry-run --lock "$work/nvprov.lock" --root "$work/root"
  complains 'no plan made now leads this host to what'
  expect 2 "$nvprov" apply --dry-run --lock "$work/missing.lock" --root "$work/root"
  complains 'there is no lock file'
}
it_reads_packages_of_rpm_without_the_right_to_run_the_disks_own() {
  command -v rpmbuild >/dev/null || skip 'there is no rpmbuild here'
  mkdir -p "$work/root"/{etc,usr/bin,usr/lib64,var/lib/rpm} "$work"/{build,tmp}
  export TMPDIR=$work/tmp
  printf 'PRETTY_NAME="Rocky Linux 9.6 (Blue Onyx)"\nID="rocky"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.6"\n' >"$work/root/etc/os-release"
  echo program >"$work/root/usr/bin/dnf"
  cat >"$work/spec" <<'SPEC'
Name: nvidia-driver-cuda
Version: 580.178.04
Release: 1.el9
Epoch: 3
Summary: replica
License: none
BuildArch: noarch
%description
A replica.
%install
mkdir -p %{buildroot}/usr/lib64
touch %{buildroot}/usr/lib64/libnvidia-owned.so.1
%files
/usr/lib64/libnvidia-owned.so.1
SPEC
  rpmbuild -bb --define "_topdir $work/build" --define '_build_id_links none' --define '_dbpath /nonexistent' "$work/spec" >"$work/log" 2>&1 || { tail "$work/log" >&2; fail 'no package'; }
  rpm --dbpath "$work/root/var/lib/rpm" --define '_db_backend sqlite' -i --justdb --nodeps --ignoreos --ignorearch "$work"/build/RPMS/noarch/*.rpm
  touch "$work/root/usr/lib64/"{libnvidia-owned.so.1,libnvidia-stray.so.1}
  pack "$work/root" "$work/root.tar"
  local root
  for root in "$work/root.tar" "$work/root"; do
    expect 4 "$nvprov" audit --no-lock --root "$root" --json
    jq -e '[.findings[] | select(.check != "writable-file") | "\(.check) \(.subject)"]
      == ["unowned-driver-file /usr/lib64/libnvidia-stray.so.1"]' "$work/out" >&2 || { cat "$work/out" >&2; fail "of $root"; }
  done
  [ -z "$(ls "$work/tmp")" ] || fail 'a copy of the database is left'
}
it_verifies_the_files_of_a_disk_and_says_what_else_is_not_checked() {
  make_root "$work/root"
  expect 0 "$nvprov" verify --root "$work/root" --json
  jq -e '.schema == "nvprov.verify/1" and ([.results[] | "\(.subject) \(.outcome)"][0] == "packages ok")
    and ([.results[] | select(.level != "files") | .reason] | unique == ["disk-only"])' "$work/out" >&2
  expect 0 "$nvprov" verify --root "$work/root" --level files
  answers 'nothing found; not checked: files'
  sed -i '/Package: libcuda1/,/^$/s/535.309.01-0/535.261.03-0/' "$work/root/var/lib/dpkg/status"
  expect 4 "$nvprov" verify --root "$work/root" --level files
  answers 'libcuda1 is of driver 535.261.03'
}
