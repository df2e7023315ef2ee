# shellcheck shell=bash
# Bundles for dnf, made where there is a network and applied where there is none.
# shellcheck disable=SC2154

without_network() { unshare --net "${root_shell[@]}" "$@"; }

it_bundle_for_another_host_installs_without_a_network() {
  remove_root
  new_root "$base"
  replica_state new
  expect 0 in_root nvprov detect --json
  cp "$work/out" "$work/facts.json"
  # On a host that has the driver already: what counts are the facts of the other one.
  expect 0 apply
  cp "$work/facts.json" "$root/"
  expect 0 in_root nvprov bundle --facts /facts.json --gpu L40S -o /b.tar.zst
  expect 0 in_root nvprov bundle verify /b.tar.zst --json
  [ "$(field '.packages >= 8')" = true ] || fail "the bundle has only $(field .packages) packages"
  mv "$root/b.tar.zst" "$work/"
  remove_root
  new_root "$base"
  cp "$work/b.tar.zst" "$root/"
  expect 0 without_network nvprov apply --bundle /b.tar.zst -y
  there /usr/bin/nvidia-smi
  tar --zstd -xOf "$work/b.tar.zst" nvprov.lock >"$root/b.lock"
  expect 0 without_network nvprov audit --lock /b.lock
  expect 0 without_network nvprov apply --bundle /b.tar.zst -y
  answers 'nothing to do'
  replica_state old
}
