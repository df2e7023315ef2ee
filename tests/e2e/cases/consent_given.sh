# shellcheck shell=bash
# What apply does once it was told to; each case installs a whole driver.
# shellcheck disable=SC2154

it_applies_a_saved_plan_with_every_consent_it_needs() {
  install_a_conflicting_package
  hold_an_older_library
  expect 3 plan -o /root/plan.json
  expect 3 in_root nvprov apply /root/plan.json -y --allow-held
  complains --allow-removals
  expect 0 in_root nvprov apply /root/plan.json -y --allow-held --allow-removals
  the_driver_is_there
  packages >"$work/packages"
  ! grep '^ii.* local-gpu-library ' "$work/packages" >&2 || fail "the conflicting package is still there"
  [ "$(awk '$2 == "libcuda1" || $2 == "nvidia-smi" { print $3 }' "$work/packages" | sort -u | wc -l)" = 1 ] ||
    fail "more than one driver version"
}
