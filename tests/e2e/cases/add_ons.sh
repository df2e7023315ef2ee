# shellcheck shell=bash
# What `--with` adds to the driver itself.
# shellcheck disable=SC2154

it_adds_video_and_graphics_to_a_driver_that_stays_without_an_x_server() {
  local version name
  expect 0 apply
  version=$(packages | awk '$2 == "libcuda1" { print $3 }')
  expect 0 apply --with video,graphics
  packages >"$work/packages"
  for name in libnvcuvid1 libnvidia-encode1 nvidia-vulkan-icd nvidia-egl-icd libgl1-nvidia-glvnd-glx libcuda1; do
    grep -Fx "ii  $name $version" "$work/packages" >&2 || fail "$name is not at $version"
  done
  ! grep -E '^ii +(xserver-xorg|nvidia-settings)' "$work/packages" >&2 || fail "an X server or its settings came along"
  writes_nothing apply --with video,graphics
}

it_brings_an_x_server_only_with_the_desktop_and_says_how_to_ask() {
  expect 0 plan --with desktop
  answers xserver-xorg-core
  expect 0 plan
  # shellcheck disable=SC2016
  answers 'ask for it with `--with graphics`'
}

it_adds_gpudirect_storage_where_it_is_asked_for() {
  [ "$suite" = 12 ] || skip "Debian 13's release of it wants the open module, which its archive has not"
  expect 0 apply --cuda none --with gpudirect-storage
  packages >"$work/packages"
  grep -E '^ii +nvidia-fs-dkms ' "$work/packages" >&2 || fail "nvidia-fs is not there"
  ! grep -E '^ii +xserver-xorg-core ' "$work/packages" >&2 || fail "an X server came along"
  the_driver_is_there
  writes_nothing apply --cuda none --with gpudirect-storage
}
