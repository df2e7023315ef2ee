# shellcheck shell=bash
# NVIDIA's own repository, as a replica of it on this machine.
# shellcheck disable=SC2154

# The driver-versioned packages installed, each with its upstream version.
driver_versions() {
  field '.closure.packages[] | select(.driver_versioned) | .name' | sort -u >"$work/driver_names"
  packages | awk 'NR == FNR { wanted[$1]; next } $2 in wanted { sub(/^[0-9]+:/, "", $3); sub(/-.*/, "", $3); print $2, $3 }' \
    "$work/driver_names" -
}

it_nvidia_brings_the_lts_branch_to_a_fresh_host() {
  use_nvidia_replica
  expect 0 plan_auto --json
  [ "$(field .resolution.source)" = nvidia ] || fail "the source is $(field .resolution.source)"
  [ "$(field .resolution.driver.branch)" = 580 ] || fail "the branch is $(field .resolution.driver.branch)"
  [ "$(field .resolution.driver.flavour)" = open ] || fail "the module is not the open one"
  cp "$work/out" "$work/plan.json"
  expect 0 apply_auto
  the_driver_is_there
  cp "$work/plan.json" "$work/out"
  driver_versions >"$work/versions"
  cat "$work/versions" >&2
  [ "$(awk '{ print $2 }' "$work/versions" | sort -u)" = 580.159.04 ] || fail "not one driver version"
  save_root "$work/nvidia_applied"
}
