# shellcheck shell=bash
# What goes wrong on the way to the archive: the right exit code, and the host as it was.
# shellcheck disable=SC2154

it_fails_without_a_network() {
  remove_root
  new_root "$bare"
  remember_host
  expect 1 unshare --net "${root_shell[@]}" nvprov apply --gpu T4 --source distro -y
  complains 'error:'
  host_is_as_before
}

it_plans_offline_without_a_network() {
  remember_host
  expect 0 unshare --net "${root_shell[@]}" nvprov plan --offline --gpu T4 --source distro
  host_is_as_before
}

it_fails_where_the_mirror_does_not_answer() {
  use_faulty_mirror
  mirror_mode gone
  remember_host
  expect 1 apply
  host_is_as_before
}

it_puts_its_sources_back_where_the_mirror_ends_between_plan_and_apply() {
  use_faulty_mirror
  expect 0 plan
  in_root apt-get -qq update
  mirror_mode gone
  remember_host
  expect 1 apply
  host_is_as_before
}

it_installs_no_corrupt_package() {
  use_faulty_mirror
  mirror_mode corrupt
  remember_host
  expect 5 apply
  host_is_as_before
}
