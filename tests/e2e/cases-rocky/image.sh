# shellcheck shell=bash
# Container images of an RPM distribution: libraries only, and nothing left behind but them.
# shellcheck disable=SC2154

image_cuda=12.9
apply_to_image() { in_root nvprov apply --target image --cuda "$image_cuda" -y "$@"; }
# What an image should not carry, where it would be: paths and sizes.
leavings() { (cd "$root" && find run var/cache var/log -mindepth 1 -printf '%p %y %s\n' | sort); }
# Bytes on disk of what packages and nvprov bring: rpm's database and dnf's history are of any size.
bytes_of_root() {
  du -sx --apparent-size --block-size=1 --exclude="$root/var/lib/rpm" --exclude="$root/var/lib/dnf" "$root" | cut -f 1
}

it_image_gets_the_libraries_and_no_driver() {
  expect 0 in_root nvprov plan --target image --cuda "$image_cuda" --json
  local planned before grown
  planned=$(field .closure.disk_bytes)
  rm -rf "$root/var/cache/nvprov"
  leavings >"$work/leavings.before"
  packages >"$work/packages.before"
  before=$(bytes_of_root)
  expect 0 apply_to_image
  answers "ENV NVIDIA_REQUIRE_CUDA=\"cuda>=$image_cuda\""
  grown=$(($(bytes_of_root) - before))
  packages >"$work/packages"
  comm -13 "$work/packages.before" "$work/packages" >"$work/came"
  grep "^cuda-cudart-${image_cuda/./-} $image_cuda\\." "$work/came" >&2 || fail "the runtime is not there"
  ! grep -E '^(nvidia|kmod|libnvidia|kernel|dkms|cuda-drivers|cuda-compat)' "$work/came" >&2 || fail "more than libraries came"
  leavings >"$work/leavings.after"
  same "$work/leavings.before" "$work/leavings.after" "metadata, caches or logs are not as found"
  is_as_large_as_planned "$grown" "$planned"
  save_root "$work/image_applied"
}

it_image_is_left_alone_the_second_time() {
  [ -d "$work/image_applied" ] || fail "the first apply did not succeed"
  remove_root
  new_root "$work/image_applied"
  writes_nothing apply_to_image
}
