# shellcheck shell=bash
# Power cuts: kill -9 to everything in the root at some point of apply; the next apply finishes.
# shellcheck disable=SC2154

# Starts apply, waits until a command succeeds, and pulls the plug.
cut_power_when() {
  "${root_shell[@]}" nvprov apply --gpu T4 --source distro -y >"$work/cut.log" 2>&1 &
  local running=$!
  until_true 3000 true_or_over "$running" "$@"
  kill -0 "$running" 2>/dev/null || { cat "$work/cut.log" >&2; fail "apply was over before: $*"; }
  kill_in_root
  wait "$running" 2>/dev/null || true
}
true_or_over() {
  local running=$1
  shift
  "$@" || ! kill -0 "$running" 2>/dev/null
}

sources_are_written() { grep -rqs non-free "$root/etc/apt/sources.list.d"; }
dpkg_log_says() { grep -qs "$1" "$root/var/log/dpkg.log"; }
downloading() { compgen -G "$root/var/cache/apt/archives/partial/*.deb" >/dev/null || compgen -G "$root/var/cache/apt/archives/*.deb" >/dev/null; }

# The root is what an apply that nobody interrupted leaves.
is_like_an_undisturbed_one() {
  packages | sort >"$work/packages.after"
  local kept=$root
  root=$work/applied
  [ -d "$root" ] || skip "the first apply did not succeed"
  set_entrances
  packages | sort >"$work/packages.undisturbed"
  root=$kept
  set_entrances
  same "$work/packages.undisturbed" "$work/packages.after" "the packages are not those of an undisturbed apply"
  (cd "$work/applied/etc/apt" && find . -type f | sort) >"$work/etc.undisturbed"
  (cd "$root/etc/apt" && find . -type f | sort) >"$work/etc.after"
  same "$work/etc.undisturbed" "$work/etc.after" "apt's files are not those of an undisturbed apply"
  [ -z "$(in_root dpkg --audit)" ] || fail "dpkg --audit: $(in_root dpkg --audit)"
  expect 0 apply
  answers 'nothing to do'
}

it_finishes_after_power_cuts_before_a_package_was_touched() {
  cut_power_when sources_are_written
  cut_power_when downloading
  expect 0 apply
  is_like_an_undisturbed_one
}

it_finishes_after_a_power_cut_while_unpacking() {
  cut_power_when dpkg_log_says 'status half-installed'
  expect 0 apply
  is_like_an_undisturbed_one
}

it_finishes_after_a_power_cut_while_configuring_the_driver() {
  cut_power_when dpkg_log_says 'status half-configured nvidia'
  expect 0 apply
  is_like_an_undisturbed_one
}

it_names_a_half_installed_host_in_the_plan_and_changes_nothing() {
  cut_power_when dpkg_log_says 'status unpacked libcuda1'
  remember_host
  expect 3 plan
  answers 'dpkg --configure -a'
  host_is_as_before
}
