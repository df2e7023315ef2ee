# shellcheck shell=bash
# The portable file for aarch64: built by cross compiler, run in an emulator, and compared with what the program under
# test answers. No machine of that architecture was had.
# shellcheck disable=SC2154
# shellcheck source=tests/contract/slow/portable.sh
source "$top/tests/contract/slow/portable.sh"

# shellcheck disable=SC2034
arch=aarch64 emulator=qemu-aarch64-static preset=portable-aarch64

# What this machine's archive must have, beside what the x86_64 file is built from; without it nothing here is tried.
what_is_missing() {
  local package
  [ "$(uname -m)" = x86_64 ] || { echo "it is built on x86_64"; return; }
  for package in g++-aarch64-linux-gnu qemu-user-static; do
    apt-cache policy "$package" | grep 'Candidate: [0-9]' >&2 || { echo "this machine's apt does not have $package"; return; }
  done
  "$top/scripts/build-sysroot" >&2 2>"$work/err" || sed -n 's/^error: //p' "$work/err"
}

it_is_built_for_aarch64() {
  local missing
  missing=$(what_is_missing)
  mkdir -p "$shared"
  if [ -n "$missing" ]; then
    echo "$missing" >"$shared/missing"
    skip "$missing"
  fi
  expect 0 "$top/scripts/release" --arch aarch64 --out "$shared/out"
  file=$(portable_file)
  readelf -hW "$file" | grep -E '^ +Machine: +AArch64' >&2 || fail "it is for another machine"
  ! readelf -lW "$file" | grep -q INTERP || fail "it asks for a loader"
  [ "$(stat -c %s "$file")" -le 10000000 ] || fail "it has $(stat -c %s "$file") bytes"
  (cd "$shared/out" && sha256sum -c SHA256SUMS) >&2
  ! strings "$file" | grep -F "$top" >&2 || fail "it names the folder it was built in"
}
it_is_built_for_no_other_architecture() {
  expect 2 "$top/scripts/release" --arch riscv64
  complains 'no portable file for riscv64'
}
it_plans_as_the_program_for_x86_64_does() {
  need_file
  local distro gpu
  for distro in ubuntu-24.04 rocky-9 debian-12; do
    for gpu in T4 GH200 8xH100; do same_answer plan --distro "$distro" --arch aarch64 --gpu "$gpu" --offline --json; done
  done
  answers '"architecture": "aarch64"'
}
it_detects_as_the_program_for_x86_64_does() {
  need_file
  local host
  for host in ubuntu2404-b200 debian13-l4 rocky9-l40s docker-container; do
    same_answer detect --root "$top/tests/hosts/$host/root" --json
  done
}
# The file and the program under test answer the same bytes and end in the same way.
same_answer() {
  local status=0
  "$nvprov" "$@" >"$work/expected" 2>/dev/null </dev/null || status=$?
  expect "$status" env -i $emulator "$file" "$@"
  same "$work/expected" "$work/out" "the answer differs"
}
it_works_for_aarch64_in_a_root_with_busybox_alone() {
  need_file
  make_busybox_root
  works_alone
}
it_fetches_by_name_for_aarch64() { alone name_server; }
it_goes_through_proxies_for_aarch64() { alone proxies; }
it_has_a_solver_for_aarch64() { has_a_solver; }
