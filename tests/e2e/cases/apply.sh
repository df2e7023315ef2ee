# shellcheck shell=bash
# The straight way: plan, apply, apply again.
# shellcheck disable=SC2154

# The driver-versioned packages the plan in $work/out lists.
driver_packages() { field '.closure.packages[] | select(.driver_versioned) | .name'; }

start_from() {
  remove_root
  new_root "$1"
}

it_brings_the_driver_to_a_bare_root() {
  start_from "$bare"
  expect 0 plan --json
  local names version
  mapfile -t names < <(driver_packages)
  version=$(field '.resolution.driver.version')
  expect 0 apply
  the_driver_is_there
  packages >"$work/packages"
  local name
  for name in "${names[@]}"; do grep -E "^ii  ?$name ([0-9]+:)?$version-" "$work/packages" >&2 || fail "$name is not at $version"; done
  [ ${#names[@]} -ge 5 ] || fail "only ${#names[@]} driver-versioned packages in the plan"
  ! grep -E '^ii +xserver-xorg' "$work/packages" >&2 || fail "an X server came along"
  ! grep -vE '^ii ' "$work/packages" >&2 || fail "something is half installed"
  save_root "$work/applied"
}

from_the_applied_root() {
  [ -d "$work/applied" ] || fail "the first apply did not succeed"
  start_from "$work/applied"
}

it_installs_exactly_what_the_plan_lists() {
  expect 0 plan --json
  field '.closure.packages[] | select(.action == "install") | "\(.name) \(.version)"' | sort -u >"$work/planned"
  packages | awk '{ print $2, $3 }' | sort >"$work/packages.before"
  from_the_applied_root
  packages | awk '{ print $2, $3 }' | sort | comm -13 "$work/packages.before" - >"$work/came"
  same "$work/planned" "$work/came" "the packages that came are not those of the plan"
}

it_writes_not_one_file_the_second_time() {
  from_the_applied_root
  writes_nothing apply
}

it_keeps_the_driver_where_it_is_in_a_full_upgrade() {
  from_the_applied_root
  compgen -G "$root/etc/apt/preferences.d/*nvprov*" >&2 || fail "no preferences file of our own"
  compgen -G "$root/etc/apt/apt.conf.d/*nvprov*" >&2 || fail "no guard for unattended upgrades"
  in_root apt-get -s full-upgrade >"$work/upgrade"
  ! grep -E '^(Inst|Remv) .*(nvidia|cuda)' "$work/upgrade" >&2 || fail "an upgrade would move the driver"
}

it_takes_it_back_with_the_line_the_plan_names() {
  expect 0 plan --json
  local line
  mapfile -t line < <(field '.undo[0][]')
  from_the_applied_root
  [ "${line[0]}" = apt-get ] || fail "the first undo line is: ${line[*]}"
  in_root "${line[@]}" -y >"$work/undo.log"
  ! packages | grep -E '^ii +(libcuda1|nvidia-smi|nvidia-kernel-dkms) ' >&2 || fail "the driver is still there"
}

it_plans_as_an_ordinary_user_and_changes_nothing() {
  remember_host
  expect 0 as_user nvprov plan --gpu T4 --source distro
  answers libcuda1
  host_is_as_before
}

it_plans_the_same_bytes_twice() {
  expect 0 plan --json
  cp "$work/out" "$work/first"
  expect 0 plan --json
  same "$work/first" "$work/out" "two plans of the same host differ"
}

it_plans_and_applies_a_root_from_outside() {
  remember_host
  expect 0 "$nvprov" plan --root "$root" --gpu T4 --source distro
  answers libcuda1
  host_is_as_before
  expect 0 "$nvprov" apply --root "$root" --gpu T4 --source distro -y
  the_driver_is_there
  expect 0 "$nvprov" apply --root "$root" --gpu T4 --source distro -y
  answers 'nothing to do'
}

it_writes_its_sources_in_the_format_the_host_uses() {
  use_sources one-line
  expect 0 plan --json
  field '.steps[] | select(.kind == "add-repository") | .path | endswith(".list")'
  use_sources deb822
  expect 0 plan --json
  field '.steps[] | select(.kind == "add-repository") | .path | endswith(".sources")'
}

it_names_no_mirror_but_the_host_s_own() {
  use_faulty_mirror
  expect 0 plan --json
  ! grep -oE 'https?://[^ "\\]+' "$work/out" | grep -E '/(debian|dists|pool)' | grep -v '^http://127.0.0.1' >&2 ||
    fail "a mirror the host does not use"
}
