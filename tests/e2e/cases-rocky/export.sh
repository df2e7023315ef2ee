# shellcheck shell=bash
# Scripts made from a plan do what apply does, through dnf.
# shellcheck disable=SC2154

# What Python compiles by the way has a time of its own.
contents_but_compiled() { contents | grep -v /__pycache__/; }
# same_as_applied WHAT...: the exported script and apply, each on its own copy of the root, leave the same.
same_as_applied() {
  expect 0 in_root nvprov export shell "$@" -o /root/nvprov.sh
  rm -rf "$root/var/cache/nvprov"
  expect 0 in_root /root/nvprov.sh
  rm "$root/root/nvprov.sh"
  find "$root/var/cache" "$root/var/log" -type f ! -path '*/cache/apt/*' >"$work/leavings"
  contents_but_compiled >"$work/exported"
  remove_root
  new_root "$base"
  expect 0 in_root nvprov apply "$@" -y
  contents_but_compiled >"$work/applied.contents"
  same "$work/applied.contents" "$work/exported" "the script leaves something else than apply"
}

it_export_puts_the_same_libraries_into_an_image() {
  same_as_applied --target image --cuda 12.9
  [ ! -s "$work/leavings" ] || { cat "$work/leavings" >&2; fail "the script leaves caches or logs"; }
}
