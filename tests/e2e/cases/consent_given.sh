# shellcheck shell=bash
# What apply does once it was told to, and saved plans that were tampered with: cases that take long.
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

it_refuses_a_saved_plan_with_a_step_it_would_not_make() {
  expect 0 plan -o /root/plan.json
  jq '(.steps[] | select(.kind == "write-file")).path = "/etc/cron.d/surprise"' "$root/root/plan.json" >"$work/forged"
  cp "$work/forged" "$root/root/plan.json"
  remember_host
  expect 4 in_root nvprov apply /root/plan.json -y
  host_is_as_before
}

it_takes_no_consent_from_a_saved_plan() {
  install_a_conflicting_package
  expect 3 plan -o /root/plan.json
  there /root/plan.json
  remember_host
  expect 3 in_root nvprov apply /root/plan.json -y
  complains --allow-removals
  host_is_as_before
}
