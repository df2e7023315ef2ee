# shellcheck shell=bash
# What goes wrong around apply: the right exit code, the reason, and the host as it was.
# shellcheck disable=SC2154

it_needs_root_to_apply() {
  remember_host
  expect 2 as_user nvprov apply --gpu T4 --source distro -y
  complains root
  host_is_as_before
}

it_trusts_no_forged_index_even_with_an_older_good_one_there() {
  use_faulty_mirror
  expect 0 plan
  in_root apt-get -qq update
  mirror_mode forged
  remember_host
  expect 5 apply
  complains 'error:'
  host_is_as_before
}

it_plans_nothing_from_a_forged_index() {
  use_faulty_mirror
  mirror_mode forged
  expect 5 plan
}

# Holds dpkg's lock from outside; the holder's process id is in $work/holder.
hold_dpkg_lock() {
  rm -f "$work/holder"
  python3 - "$root/var/lib/dpkg/lock-frontend" "$work/holder" <<'END' &
import fcntl, os, sys, time
lock = open(sys.argv[1], "w")
fcntl.lockf(lock, fcntl.LOCK_EX)
open(sys.argv[2], "w").write(str(os.getpid()))
time.sleep(600)
END
  until_true 50 test -s "$work/holder"
}
let_go() { kill "$(cat "$work/holder")"; }

it_gives_up_on_a_held_dpkg_lock_and_names_its_holder() {
  hold_dpkg_lock
  remember_host
  expect 1 apply --lock-timeout 3
  let_go
  complains "$(cat "$work/holder")"
  host_is_as_before
}

it_goes_on_when_a_held_dpkg_lock_is_let_go() {
  hold_dpkg_lock
  apply --lock-timeout 600 >"$work/waiting.log" 2>&1 &
  until_true 3000 grep -q "held by .*$(cat "$work/holder")" "$work/waiting.log"
  let_go
  until_true 3000 grep -q 'install .* packages' "$work/waiting.log"
  kill_in_root
}

# Puts a file system without one free byte at a folder of the root, with what the folder held.
fill_disk_at() {
  local kept=$work/kept
  rm -rf "$kept"
  mkdir -p "$root$1"
  cp -a "$root$1" "$kept"
  mount -t tmpfs -o size=1m,mode=755 tmpfs "$root$1"
  cp -a "$kept/." "$root$1/"
  dd if=/dev/zero of="$root$1/.filler" bs=4096 2>/dev/null || true
}

it_leaves_nothing_where_the_disk_is_full_at_its_sources_file() {
  fill_disk_at /etc/apt/sources.list.d
  remember_host
  expect 1 apply
  complains 'the disk is full'
  host_is_as_before
}

it_leaves_nothing_where_the_disk_is_full_at_its_preferences() {
  fill_disk_at /etc/apt/preferences.d
  remember_host
  expect 1 apply
  complains 'the disk is full'
  host_is_as_before
}

it_starts_nothing_where_the_journal_cannot_be_written() {
  fill_disk_at /var/lib/nvprov
  remember_host
  expect 1 apply
  complains 'the disk is full'
  host_is_as_before
}

it_lets_only_one_apply_run_at_a_time() {
  use_faulty_mirror
  mirror_mode slow
  apply >"$work/first.log" 2>&1 &
  until_true 3000 grep -q '^.1/' "$work/first.log"
  expect 1 apply
  complains lock
}
