# shellcheck shell=bash
# A whole driver, and an image, by what export writes; uses the helpers of cases-rocky/export.sh, which is read before.
# shellcheck disable=SC2154

it_export_brings_the_driver_as_apply_does() {
  same_as_applied --gpu L40S
}

it_builds_the_exported_dockerfile_to_the_same_packages() {
  command -v buildah >/dev/null || skip "buildah is not installed"
  expect 0 in_root nvprov export dockerfile --target image --cuda 12.9
  cp "$work/out" "$work/lines"
  rm -rf "$root/var/cache/nvprov"
  umount "$root/proc"
  mkdir -p "$work/empty"
  trap 'builder umount -a >/dev/null 2>&1; builder rm -a >/dev/null 2>&1; builder rmi -a -f >/dev/null 2>&1; rm -rf "$work/images" "$work/images.run"' EXIT
  build exported <"$work/lines"
  look_at exported
  chroot "$image" rpm -qa --qf '%{name} %{evr}\n' | sort >"$work/exported.packages"
  build applied <<<'RUN nvprov apply --cuda 12.9 -y'
  answers 'ENV NVIDIA_VISIBLE_DEVICES=all'
  look_at applied
  chroot "$image" rpm -qa --qf '%{name} %{evr}\n' | sort >"$work/applied.packages"
  same "$work/applied.packages" "$work/exported.packages" "other packages"
  [ ! -e "$image/var/log/nvprov" ] || fail "a log is in the image"
  [ ! -e "$image/var/cache/nvprov" ] || fail "a cache is in the image"
}

it_export_stops_on_another_system() {
  expect 0 in_root nvprov export shell --target image --cuda 12.9 -o /root/nvprov.sh
  sed -i 's/^VERSION_ID=.*/VERSION_ID="10.1"/' "$root/etc/os-release"
  remember_host
  expect 4 in_root /root/nvprov.sh
  complains 'rocky 10.1'
  host_is_as_before
}
