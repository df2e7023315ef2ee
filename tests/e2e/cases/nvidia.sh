# shellcheck shell=bash
# NVIDIA's own repository, as a replica of it on this machine.
# shellcheck disable=SC2154

# What of the driver's packages is installed has this version, in every one of them. Debian's helpers around the driver
# (nvidia-support) have a date for a version and serve any.
driver_is_of_one_version() {
  packages | awk '$2 ~ /^(libcuda1|libnvidia-|nvidia-|firmware-nvidia)/ && $1 == "ii" && $3 ~ /^[0-9]+[.]/ { print $2, $3 }' \
    >"$work/versions"
  [ "$(wc -l <"$work/versions")" -ge 8 ] || fail "the driver has only these packages: $(cat "$work/versions")"
  ! grep -v " $1-1\$" "$work/versions" >&2 || fail "not all of the driver is at $1"
}

it_nvidia_brings_the_lts_branch_to_a_fresh_host() {
  use_nvidia_replica
  expect 0 plan_auto --json
  [ "$(field .resolution.source)" = nvidia ] || fail "the source is $(field .resolution.source)"
  [ "$(field .resolution.driver.branch)" = 580 ] || fail "the branch is $(field .resolution.driver.branch)"
  [ "$(field .resolution.driver.flavour)" = open ] || fail "the module is not the open one"
  expect 0 apply_auto
  the_driver_is_there
  driver_is_of_one_version 580.159.04
  save_root "$work/nvidia_applied"
}

from_the_nvidia_root() {
  [ -d "$work/nvidia_applied" ] || fail "the first apply did not succeed"
  remove_root
  new_root "$work/nvidia_applied"
  use_nvidia_replica
}

# In the format the root's own entries have.
the_entry_is_of() {
  local name=cuda-$1 url=$replica_url/$1/x86_64/
  local key=/etc/apt/keyrings/nvprov-$name.gpg
  if [ "$suite" = 12 ]; then
    echo "deb [signed-by=$key] $url /" >"$work/expected"
    same "$work/expected" "$root/etc/apt/sources.list.d/nvprov-$name.list" "another sources file"
  else
    printf '%s\n' 'Types: deb' "URIs: $url" 'Suites: /' "Signed-By: $key" >"$work/expected"
    same "$work/expected" "$root/etc/apt/sources.list.d/nvprov-$name.sources" "another sources file"
  fi
}

it_nvidia_files_are_as_expected_byte_for_byte() {
  from_the_nvidia_root
  the_entry_is_of "debian$suite"
  local key=/etc/apt/keyrings/nvprov-cuda-debian$suite.gpg
  sed '/^-----/d; /^$/d; /^=/d; /:/d' "$replica/new/key/good.pub" | base64 -d >"$work/expected"
  cmp "$work/expected" "$root$key" >&2 || fail "the keyring is not the key alone"
  same "$work/ca.pem" "$root/etc/nvprov/ca-127.0.0.1.pem" "other certificates"
  compgen -G "$root/etc/apt/trusted.gpg.d/*nvprov*" >&2 && fail "a key for every repository"
  [ "$(stat -c %a "$root$key")" = 644 ] || fail "apt's own user cannot read the key"
}

it_nvidia_is_left_alone_the_second_time() {
  from_the_nvidia_root
  writes_nothing apply_auto
}

it_nvidia_driver_stays_in_a_full_upgrade() {
  from_the_nvidia_root
  replica_state new
  in_root apt-get -qq update >&2
  in_root apt-cache madison nvidia-driver-cuda | grep -F 610. >&2 || fail "no newer driver is offered"
  in_root apt-get -s full-upgrade >"$work/upgrade"
  ! grep -E '^(Inst|Remv) .*(nvidia|libcuda|cuda-drivers)' "$work/upgrade" >&2 || fail "an upgrade would move the driver"
  expect 0 apply_auto
  answers 'nothing to do'
}

it_nvidia_is_passed_over_where_the_distribution_is_named() {
  use_nvidia_replica
  expect 0 plan --json
  [ "$(field .resolution.source)" = distro ] || fail "the source is $(field .resolution.source)"
  ! grep -F "$replica_url" <(field .steps) >&2 || fail "the plan names the repository it does not use"
}

# refuses STATUS MODE...: whatever the repository does, the host stays as it is.
refuses() {
  local status=$1 mode
  for mode in "${@:2}"; do
    replica_mode "$mode"
    remember_host
    expect "$status" apply_auto
    host_is_as_before
  done
}

it_nvidia_with_a_bad_signature_is_not_trusted() {
  use_nvidia_replica
  refuses 5 wrong-key forged-release two-keys
}

# Two releases of the replica side by side, of which the older one is not what the packages choose.
it_nvidia_lets_cuda_lead_to_the_release_that_is_asked_for() {
  use_nvidia_replica
  local older newer
  case $suite in 12) older=12.8 newer=12.9 ;; 13) older=13.1 newer=13.2 ;; esac
  local both=(--target image --cuda "$older,$newer")
  expect 0 apply_auto "${both[@]}"
  answers "/usr/local/cuda will lead to CUDA $newer"
  [ "$(in_root readlink -f /usr/local/cuda)" = "/usr/local/cuda-$newer" ] || fail "the replica's packages set no link"
  expect 0 plan_auto "${both[@]}" --default-cuda "$older"
  answers "let /usr/local/cuda lead to /usr/local/cuda-$older"
  answers 'update-alternatives --auto cuda'
  expect 0 apply_auto "${both[@]}" --default-cuda "$older"
  [ "$(in_root readlink -f /usr/local/cuda)" = "/usr/local/cuda-$older" ] || fail "it leads elsewhere"
  writes_nothing apply_auto "${both[@]}" --default-cuda "$older"
  expect 0 plan_auto "${both[@]}"
  answers "leads to /usr/local/cuda-$older by somebody's choice"
  expect 3 plan_auto "${both[@]}" --default-cuda 12.6
  complains "neither planned nor installed"
}
