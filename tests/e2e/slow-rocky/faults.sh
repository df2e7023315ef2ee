# shellcheck shell=bash
# More repositories that lie or are slow; uses the helpers of cases-rocky/faults.sh, which is read before.
# shellcheck disable=SC2154

it_trusts_none_where_dnf_would_go_on_without_it() {
  sed -i 's/^skip_if_unavailable=.*/skip_if_unavailable=True/' "$root/etc/dnf/dnf.conf"
  refuses 5 wrong-key forged-release
}

it_waits_for_a_slow_repository() {
  replica_mode slow
  expect 0 plan
}
