# shellcheck shell=bash
# Longer runs; uses the helpers of cases-rocky/apply.sh, which is read before.
# shellcheck disable=SC2154

it_changes_to_another_branch_by_its_stream() {
  expect 0 apply --driver 570
  driver_is_of_one_version 570.211.01
  grep -qx 'stream=570-open' "$root/etc/dnf/modules.d/nvidia-driver.module"
  expect 0 apply --driver 580
  driver_is_of_one_version 580.159.04
  grep -qx 'stream=580-open' "$root/etc/dnf/modules.d/nvidia-driver.module"
  expect 0 apply --driver 580
  answers 'nothing to do'
}
