# shellcheck shell=bash
# The recipes of docs/data.md, done as they are written.
# shellcheck disable=SC2154,SC2016

# follow TITLE: runs the lines of the recipe whose introduction begins so, in a copy of the data.
follow() {
  cp -r "$top/manifests" "$top/distros" "$work"
  mkdir "$work/bin"
  ln -s "$nvprov" "$work/bin/nvprov"
  awk -v title="$1" 'index($0, title) == 1 { inside = 1; next } inside && /^    / { print substr($0, 5); seen = 1; next }
    seen && !/^$/ { exit }' "$top/docs/data.md" >"$work/recipe"
  [ "$(grep -vc '^  ' "$work/recipe")" -le 5 ] || fail "the recipe has more than five lines"
  grep -q 'manifest lint' "$work/recipe" || fail "there is no recipe under: $1"
  (cd "$work" && PATH=$work/bin:$PATH bash -eu recipe) >"$work/out" 2>"$work/err" || { cat "$work/err" >&2; fail "the recipe fails"; }
}

it_adds_a_driver_release() {
  follow 'A driver release (580.199.01'
  answers '580.199.01'
  answers 'CUDA '
}
it_adds_a_cuda_release() {
  follow 'A CUDA release (13.9'
  answers '13.9     13.9.0  full     615.71.09'
}
it_adds_a_distribution() {
  follow 'A distribution that is like another'
  answers 'Plan for Navy Linux 9'
}
it_adds_a_gpu() {
  follow 'A GPU (an invented board'
  answers 'L4 X1'
}
