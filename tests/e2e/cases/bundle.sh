# shellcheck shell=bash
# Bundles, made where there is a network and applied where there is none.
# shellcheck disable=SC2154

set_debian_cuda

# The program inside the root, where there is no network at all.
without_network() { unshare --net "${root_shell[@]}" "$@"; }

# Nothing of a bundle is left unpacked, and the host's own sources are as they were.
nothing_of_the_bundle_is_left() {
  [ -z "$(find "$root/var/lib/nvprov" "$root/var/cache" -name 'bundle*' -print -quit 2>/dev/null)" ] ||
    fail "something of the bundle is left on the host"
}

it_bundle_installs_what_it_was_made_of_without_a_network() {
  remove_root
  new_root "$base"
  use_nvidia_replica
  replica_state new
  openssl genpkey -algorithm ed25519 -out "$root/key.pem" 2>/dev/null
  openssl pkey -in "$root/key.pem" -pubout -out "$work/key.pub"
  expect 0 in_root nvprov bundle --gpu T4 --cuda "$nvidia_cuda" --source nvidia --sign /key.pem -o /b.tar.zst --json
  [ "$(field .signed)" = true ] || fail "the bundle is not signed"
  local packages metadata program archive
  packages=$(field .package_bytes) metadata=$(field .metadata_bytes) program=$(field .program_bytes)
  archive=$(field .archive_bytes)
  [ "$archive" -le $((packages + metadata + program + 1000000)) ] || fail "the bundle is larger than what is in it"
  expect 0 in_root nvprov bundle verify /b.tar.zst
  mv "$root/b.tar.zst" "$work/b.tar.zst"
  stop_mirror
  remove_root
  new_root "$base"
  cp "$work/b.tar.zst" "$work/key.pub" "$root/"
  remember_host
  expect 0 without_network nvprov apply --bundle /b.tar.zst --key /key.pub -n
  host_is_as_before
  expect 0 without_network nvprov apply --bundle /b.tar.zst --key /key.pub -y
  the_driver_is_there
  nothing_of_the_bundle_is_left
  tar --zstd -xOf "$work/b.tar.zst" nvprov.lock >"$root/b.lock"
  expect 0 without_network nvprov audit --lock /b.lock
  expect 0 without_network nvprov apply --bundle /b.tar.zst --key /key.pub -y
  answers 'nothing to do'
}
