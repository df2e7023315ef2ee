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

it_bundle_for_other_facts_is_made_by_any_host() {
  [ -s "$work/b.tar.zst" ] || fail "the first bundle was not made"
  remove_root
  new_root "$base"
  expect 0 in_root nvprov detect --json
  cp "$work/out" "$root/facts.json"
  # This host has something of its own already.
  install_in_root nano
  expect 0 in_root nvprov plan --facts /facts.json --gpu T4 --source distro -o /plan.json
  expect 0 in_root nvprov bundle /plan.json --facts /facts.json -o /b.tar.zst
  expect 2 in_root nvprov bundle /plan.json --gpu P4 -o /other.tar.zst
  jq '.closure.packages[0].version = "0.1"' "$root/plan.json" >"$root/older.json"
  expect 4 in_root nvprov bundle /older.json --facts /facts.json -o /other.tar.zst
  in_root test ! -e /other.tar.zst || fail "a bundle was written all the same"
  mv "$root/b.tar.zst" "$work/facts.tar.zst"
  remove_root
  new_root "$bare"
  cp "$work/facts.tar.zst" "$root/b.tar.zst"
  expect 0 without_network nvprov apply --bundle /b.tar.zst -y
  the_driver_is_there
  nothing_of_the_bundle_is_left
}

it_bundle_that_was_changed_or_is_for_another_host_changes_nothing() {
  [ -s "$work/b.tar.zst" ] || fail "the first bundle was not made"
  remove_root
  new_root "$base"
  remember_host
  cp "$work/b.tar.zst" "$root/b.tar.zst"
  printf 'x' | dd of="$root/b.tar.zst" bs=1 seek=300000 conv=notrunc status=none
  expect 5 in_root nvprov bundle verify /b.tar.zst
  expect 5 without_network nvprov apply --bundle /b.tar.zst -y
  complains 'is not as it was made'
  openssl genpkey -algorithm ed25519 2>/dev/null | openssl pkey -pubout -out "$root/other.pub"
  cp "$work/b.tar.zst" "$root/b.tar.zst"
  expect 5 without_network nvprov apply --bundle /b.tar.zst --key /other.pub -y
  complains 'not signed with the key'
  # The mirror it was made with is in no settings of this host, and its key is not NVIDIA's.
  expect 5 without_network nvprov apply --bundle /b.tar.zst -y
  complains 'of which this machine knows nothing'
  expect 2 without_network nvprov apply --bundle /none.tar.zst -y
  complains 'there is no file'
  rm "$root/b.tar.zst" "$root/other.pub"
  host_is_as_before
  sed -i 's/^VERSION_ID=.*/VERSION_ID="11"/' "$root/etc/os-release"
  cp "$work/b.tar.zst" "$root/b.tar.zst"
  expect 2 without_network nvprov apply --bundle /b.tar.zst -y
  complains 'this host is debian-11'
}
