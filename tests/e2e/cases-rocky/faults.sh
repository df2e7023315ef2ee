# shellcheck shell=bash
# Repositories that lie, fail or are slow.
# shellcheck disable=SC2154

# refuses STATUS MODE...: whatever the repository does, the host stays as it is.
refuses() {
  local status=$1 mode
  remember_host
  for mode in "${@:2}"; do
    replica_mode "$mode"
    expect "$status" apply
    host_is_as_before
  done
}

it_trusts_no_repository_with_a_bad_signature() {
  refuses 5 wrong-key forged-release two-keys
  complains 'key'
}

it_does_not_use_metadata_of_earlier_instead() {
  expect 0 plan
  # Older than nvprov takes it for fresh.
  find "$root/var/cache/nvprov" -name fetched -exec sh -c 'echo 1 >"$1"' sh {} \;
  replica_state new
  refuses 5 wrong-key forged-release
}

it_takes_a_repository_out_of_reach_for_no_matter_of_trust() {
  refuses 1 gone missing truncated
}
