# shellcheck shell=bash
# Runs that are cut off, and programs in the way.
# shellcheck disable=SC2154

it_goes_on_after_it_was_killed_amid_the_installation() {
  : >"$root/run/hold-installation" # one package's own script waits for it to go
  apply >"$work/killed.log" 2>&1 &
  until_true 600 test -e "$root/run/installation-held"
  kill_in_root
  wait "$!" || true
  rm "$root/run/hold-installation"
  expect 0 apply
  complains 'has not ended'
  there /usr/bin/nvidia-smi
  driver_is_of_one_version 580.159.04
  expect 0 apply
  answers 'nothing to do'
}

# Holds dnf's lock of its metadata as another dnf would.
hold_dnf_lock() {
  in_root sh -c 'mkdir -p /var/cache/dnf /run; echo $$ >/var/cache/dnf/metadata_lock.pid; exec sleep 600' &
  until_true 50 test -s "$root/var/cache/dnf/metadata_lock.pid"
}

it_says_who_holds_the_lock_of_dnf() {
  hold_dnf_lock
  remember_host
  expect 1 apply --lock-timeout 2
  complains 'lock'
  complains "$(cat "$root/var/cache/dnf/metadata_lock.pid")"
  complains '--lock-timeout'
  host_is_as_before
}
