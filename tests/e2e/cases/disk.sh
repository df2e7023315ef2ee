# shellcheck shell=bash
# The disk of another host, in a folder: its own kernel counts, and nothing of this machine.
# shellcheck disable=SC2154,SC2016

# on_this_machine COMMAND...: with a cache of its own for the case, in a mount namespace of its own: the cases of another
# release run at the same time.
on_this_machine() {
  # shellcheck disable=SC2016
  unshare --mount --propagation unchanged bash -c 'mount --bind "$0" /var/cache/nvprov && exec "$@"' "$work/cache" "$@"
}
# outside COMMAND...: the program on this machine.
outside() { on_this_machine "$nvprov" "$1" --root "$root" --source distro "${@:2}"; }
a_disk_at_rest() {
  umount "$root/proc"
  rm -rf "$work/cache"
  mkdir -m 755 "$work/cache"
  mkdir -p /var/cache/nvprov
}
# add_kernel RELEASE: looks like an installed one; without headers.
add_kernel() {
  mkdir -p "$root/lib/modules/$1" "$root/boot"
  : >"$root/boot/vmlinuz-$1"
}
# The name of a kernel whose headers the archive has: its meta package depends on them.
offered_kernel() {
  in_root apt-cache depends linux-headers-amd64 | sed -n 's/.*Depends: linux-headers-//p' | head -n 1
}

it_refuses_a_kernel_the_disk_does_not_have() {
  a_disk_at_rest
  add_kernel 6.1.0-1-amd64
  remember_host
  expect 2 outside apply --gpu H100 --kernel 6.1.0-2-amd64 -y
  complains '6.1.0-2-amd64'
  complains 'did you mean `6.1.0-1-amd64`'
  host_is_as_before
}

it_refuses_a_kernel_whose_headers_nobody_has() {
  a_disk_at_rest
  add_kernel 6.1.0-1-amd64
  remember_host
  expect 3 outside apply --gpu H100 --kernel 6.1.0-1-amd64 -y
  complains 'linux-headers-6.1.0-1-amd64'
  host_is_as_before
}

it_plans_for_the_kernels_of_the_disk_and_not_for_this_machines() {
  local kernel
  kernel=$(offered_kernel)
  a_disk_at_rest
  add_kernel "$kernel"
  add_kernel "${kernel%-amd64}-cloud-amd64"
  expect 0 outside plan --gpu H100 --json
  field '.resolution.kernels | length == 2'
  ! grep -F "$(uname -r)" "$work/out" >&2 || fail "the plan names the kernel of this machine"
  expect 0 outside plan --gpu H100 --kernel "$kernel" --json
  [ "$(field '.resolution.kernels | join(" ")')" = "$kernel" ] || fail "the kernels are $(field .resolution.kernels)"
  field "[.closure.packages[].name] | index(\"linux-headers-$kernel\") != null"
  field "[.closure.packages[].name] | index(\"linux-headers-${kernel%-amd64}-cloud-amd64\") == null"
}

it_takes_the_disks_folder_as_it_is_written() {
  a_disk_at_rest
  expect 0 outside plan --gpu T4 --json
  jq -S '.inputs' "$work/out" >"$work/inputs"
  local folder
  for folder in "$root/" "$root/." "root"; do
    expect 0 on_this_machine env -C "$work" "$nvprov" plan --root "$folder" --source distro --gpu T4 --json
    jq -S '.inputs' "$work/out" >"$work/inputs.again"
    same "$work/inputs" "$work/inputs.again" "$folder is taken for another folder"
  done
}
