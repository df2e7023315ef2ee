# shellcheck shell=bash
# Container images: libraries only, and nothing left behind but them.
# shellcheck disable=SC2154

set_debian_cuda

apply_to_image() { in_root nvprov apply --target image -y "$@"; }

# What an image should not carry, where it would be: paths and sizes. debconf keeps the answers of packages in its
# "cache".
leavings() {
  (cd "$root" && find var/lib/apt/lists var/cache var/log run -mindepth 1 -path var/cache/debconf -prune -o \
    -printf '%p %y %s\n' | sort)
}
remember_leavings() { leavings >"$work/leavings.before"; }
nothing_is_left_behind() {
  leavings >"$work/leavings.after"
  same "$work/leavings.before" "$work/leavings.after" "indexes, caches or logs are not as found"
}

# A root as an image begins: no indexes, no caches of nvprov's.
a_bare_image() {
  remove_root
  new_root "$bare"
  remember_leavings
}

holds_no_driver() {
  packages >"$work/packages"
  ! grep -E '^ii +(libcuda1|nvidia-.*|linux-image.*|xserver.*) ' "$work/packages" >&2 || fail "more than libraries came"
}
linker_knows() { in_root ldconfig -p | grep -F "$1" >&2 || fail "the linker does not know $1"; }

# Bytes on disk of everything but what packages do not count.
bytes_of_root() { du -sx --apparent-size --block-size=1 "$root" | cut -f 1; }

it_image_gets_debians_libraries_and_no_driver() {
  a_bare_image
  expect 0 in_root nvprov plan --target image --cuda "$debian_cuda" --source distro --json
  local planned before grown
  planned=$(field .closure.disk_bytes)
  rm -rf "$root/var/cache/nvprov"
  before=$(bytes_of_root)
  expect 0 apply_to_image --cuda "$debian_cuda" --source distro
  grown=$(($(bytes_of_root) - before))
  holds_no_driver
  linker_knows "$debian_library"
  nothing_is_left_behind
  is_as_large_as_planned "$grown" "$planned"
  save_root "$work/image_applied"
}

it_image_is_left_alone_the_second_time() {
  [ -d "$work/image_applied" ] || fail "the first apply did not succeed"
  remove_root
  new_root "$work/image_applied"
  writes_nothing apply_to_image --cuda "$debian_cuda" --source distro
}

it_image_gets_nvidias_libraries_and_no_driver() {
  rm -rf "$root/var/cache/nvprov"
  use_nvidia_replica
  remember_leavings
  expect 0 apply_to_image --cuda "$nvidia_cuda"
  answers "ENV NVIDIA_REQUIRE_CUDA=\"cuda>=$nvidia_cuda\""
  holds_no_driver
  packages | grep -F " cuda-cudart-${nvidia_cuda/./-} $nvidia_cuda." >&2 || fail "cudart of $nvidia_cuda is not there"
  nothing_is_left_behind
}

it_image_keeps_its_caches_where_told() {
  rm -f "$root"/var/lib/apt/lists/*_Packages*
  expect 0 apply_to_image --cuda "$debian_cuda" --source distro --keep-cache
  compgen -G "$root/var/lib/apt/lists/*_Packages*" >&2 || fail "no indexes were kept"
  compgen -G "$root/var/log/nvprov/*.log" >&2 || fail "no log was kept"
}

it_image_needs_its_cuda_release_named() {
  a_bare_image
  remember_host
  expect 2 apply_to_image
  complains --cuda
  nothing_is_left_behind
  host_is_as_before
}

it_image_stays_as_it_was_where_the_archive_is_out_of_reach() {
  use_sources one-line http://127.0.0.1:9
  remember_host
  expect 1 apply_to_image --cuda "$debian_cuda" --source distro
  host_is_as_before
}
