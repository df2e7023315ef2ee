# shellcheck shell=bash
# What apply does only when told to, and saved plans.
# shellcheck disable=SC2154

it_removes_nothing_without_consent() {
  install_a_conflicting_package
  remember_host
  expect 3 apply
  complains --allow-removals
  complains local-gpu-library
  host_is_as_before
}

it_changes_no_held_package_without_consent() {
  hold_an_older_library
  remember_host
  expect 3 apply
  complains --allow-held
  complains libcuda1
  host_is_as_before
}

it_refuses_a_saved_plan_once_the_host_has_changed() {
  expect 0 plan -o /root/plan.json
  in_root apt-get -qq update
  install_in_root pciutils
  remember_host
  expect 4 in_root nvprov apply /root/plan.json -y
  says pciutils
  host_is_as_before
}

it_shows_and_does_nothing_on_a_dry_run() {
  remember_host
  expect 0 in_root nvprov apply --gpu T4 --source distro -n
  answers libcuda1
  host_is_as_before
}

it_does_not_ask_where_there_is_no_terminal() {
  remember_host
  expect 2 in_root nvprov apply --gpu T4 --source distro
  complains -y
  host_is_as_before
}
