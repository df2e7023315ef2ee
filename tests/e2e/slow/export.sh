# shellcheck shell=bash
# A whole driver by an exported script.
# shellcheck disable=SC2154

it_export_brings_the_driver_as_apply_does() {
  expect 0 in_root nvprov export shell --gpu T4 --source distro -o /root/nvprov.sh
  expect 0 in_root /root/nvprov.sh
  rm "$root/root/nvprov.sh"
  packages >"$work/exported.packages"
  contents >"$work/exported"
  remove_root
  new_root "$base"
  expect 0 apply
  packages >"$work/applied.packages"
  contents >"$work/applied.contents"
  same "$work/applied.packages" "$work/exported.packages" "other packages"
  same "$work/applied.contents" "$work/exported" "other files"
}

# What apt takes for drawn in by others. The file's bytes also tell in which order it came to know of them.
marks() { in_root apt-mark showauto | sort; }

it_export_brings_nvidias_driver_as_apply_does() {
  use_nvidia_replica
  expect 0 in_root nvprov export shell --gpu T4 -o /root/nvprov.sh
  expect 0 in_root /root/nvprov.sh
  rm "$root/root/nvprov.sh"
  packages >"$work/exported.packages"
  marks >"$work/exported.marks"
  contents >"$work/exported"
  stop_mirror
  remove_root
  new_root "$base"
  use_nvidia_replica
  expect 0 in_root nvprov apply --gpu T4 -y
  packages >"$work/applied.packages"
  contents >"$work/applied.contents"
  same "$work/applied.packages" "$work/exported.packages" "other packages"
  marks >"$work/applied.marks"
  same "$work/applied.marks" "$work/exported.marks" "other marks"
  # The replica is at another port now.
  diff "$work/applied.contents" "$work/exported" | grep -E '^[<>]' |
    grep -vE 'config[.]json|nvprov-cuda|extended_states' >"$work/differences" || true
  [ ! -s "$work/differences" ] || { cat "$work/differences" >&2; fail "other files"; }
}

it_exported_user_data_is_valid() {
  command -v cloud-init >/dev/null || skip "cloud-init is not installed"
  expect 0 in_root nvprov export cloud-init --gpu T4 --source distro
  cp "$work/out" "$work/user-data.yaml"
  expect 0 cloud-init schema --config-file "$work/user-data.yaml"
}
