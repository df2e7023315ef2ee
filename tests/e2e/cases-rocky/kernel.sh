# shellcheck shell=bash
# A host with the distribution's stock kernel.
# shellcheck disable=SC2154

stock_kernel=5.14.0-570.12.1.el9_6.x86_64

it_takes_the_prebuilt_module_where_it_spares_a_third_party() {
  in_root dnf -q -y install kernel >&2
  expect 0 plan --json
  [ "$(field .resolution.kernels[0])" = "$stock_kernel" ] || fail "the kernel is $(field .resolution.kernels)"
  [ "$(field .resolution.driver.stream)" = 580 ] || fail "the stream is $(field .resolution.driver.stream)"
  expect 0 apply
  packages | grep -F 'kmod-nvidia-580.159.04-5.14.0-570.12.1 3:580.159.04-2.el9_6' >&2 || fail "another module"
  ! packages | grep -E '^(dkms|kmod-nvidia-(open|latest)-dkms) ' >&2 || fail "DKMS came too"
  expect 0 apply
  answers 'nothing to do'
}
