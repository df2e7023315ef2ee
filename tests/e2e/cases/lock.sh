# shellcheck shell=bash
# Locks that apply leaves, and hosts brought back to them.
# shellcheck disable=SC2154

set_debian_cuda
lock=/var/lib/nvprov/nvprov.lock

it_lock_of_an_image_names_what_drifted_and_brings_it_back() {
  remove_root
  new_root "$bare"
  expect 0 in_root nvprov apply --target image --cuda "$debian_cuda" --source distro -y --json
  [ "$(field .lock)" = $lock ] || fail "apply does not say where the lock is"
  jq -e '.target == "image" and .driver == null and ([.packages[] | select(.requested)] | length > 0)' "$root$lock" >&2
  expect 0 in_root nvprov audit
  answers 'as agreed'
  local package
  package=$(jq -r '[.packages[] | select(.requested)][0].name' "$root$lock")
  in_root dpkg --purge --force-depends "$package" >&2
  expect 4 in_root nvprov audit --json
  [ "$(field '[.findings[] | "\(.check) \(.subject)"] | join(",")')" = "package-missing $package" ] || fail "another finding"
  expect 0 in_root nvprov apply --lock $lock -y
  expect 0 in_root nvprov audit
  tar -C "$root" --exclude=./proc -cf "$work/image.tar" .
  expect 0 "$nvprov" audit --root "$work/image.tar"
  rm "$work/image.tar"
  jq '.packages[0].version = "0.1"' "$root$lock" >"$root/other.lock"
  expect 4 in_root nvprov apply --lock /other.lock -y
  complains 'becomes'
  expect 0 in_root nvprov lock --update $lock -o /new.lock
  answers 'nothing changes'
}
