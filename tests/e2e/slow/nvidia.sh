# shellcheck shell=bash
# More of NVIDIA's own repository; uses the helpers of cases/nvidia.sh, which is read before.
# shellcheck disable=SC2154

it_nvidia_with_a_forged_index_is_not_trusted() {
  use_nvidia_replica
  refuses 5 forged-index expired
}

it_nvidia_out_of_reach_is_no_matter_of_trust() {
  use_nvidia_replica
  refuses 1 gone missing truncated
}

it_nvidia_served_slowly_is_waited_for() {
  use_nvidia_replica
  replica_mode slow
  expect 0 plan_auto
}

it_nvidia_index_of_earlier_is_not_used_instead() {
  use_nvidia_replica
  install_in_root ca-certificates # a prerequisite that would stay
  expect 0 plan_auto
  # Older than nvprov takes an index for fresh.
  find "$root/var/cache/nvprov" -name '*stamp*' -exec sh -c 'echo 1 >"$1"' sh {} \;
  replica_state new
  refuses 5 forged-release
}

it_nvidia_repository_that_is_there_is_not_doubled() {
  use_nvidia_replica
  trust_the_replica
  local url=$replica_url/debian$suite/x86_64/
  echo "deb [signed-by=/usr/share/keyrings/cuda-archive-keyring.gpg] $url /" \
    >"$root/etc/apt/sources.list.d/cuda-debian$suite-x86_64.list"
  expect 0 plan_auto --json
  [ "$(field .resolution.source)" = nvidia ] || fail "the source is $(field .resolution.source)"
  field '[.steps[] | select(.kind == "import-key")] == []' || fail "a second key"
  field '[.steps[] | select(.kind == "add-repository" and (.content | contains("127.0.0.1")))] == []' ||
    fail "a second entry"
  expect 0 plan_auto
  answers "cuda-debian$suite-x86_64.list line 1"
}

# What an administrator who knows the replica would have set up.
trust_the_replica() {
  gpg --dearmor <"$replica/new/key/good.pub" >"$root/usr/share/keyrings/cuda-archive-keyring.gpg"
  chmod 644 "$root/usr/share/keyrings/cuda-archive-keyring.gpg"
  echo 'Acquire::https::127.0.0.1::CaInfo "/etc/nvprov/test-ca.pem";' >"$root/etc/apt/apt.conf.d/50replica"
}

it_nvidia_entries_that_conflict_are_named_and_moved_on_consent() {
  use_nvidia_replica
  trust_the_replica
  cp "$root/usr/share/keyrings/cuda-archive-keyring.gpg" "$root/usr/share/keyrings/other.gpg"
  local url=$replica_url/debian$suite/x86_64/ list=/etc/apt/sources.list.d/cuda.list
  printf '# ours\ndeb [signed-by=/usr/share/keyrings/other.gpg] %s /\n' "$url" >"$root$list"
  echo "deb [signed-by=/usr/share/keyrings/cuda-archive-keyring.gpg] $url /" >"$root/etc/apt/sources.list.d/cuda-2.list"
  remember_host
  expect 3 apply_auto
  complains "$list line 2"
  complains /etc/apt/sources.list.d/cuda-2.list
  complains --adopt
  host_is_as_before
  cp "$root$list" "$work/cuda.list"
  expect 0 apply_auto --adopt --cuda none
  same "$work/cuda.list" "$root$list.nvprov-saved" "the backup is not the file as it was"
  ! grep '^deb' "$root$list" >&2 || fail "the entry is still in force"
  the_driver_is_there
  expect 0 apply_auto --cuda none
  answers 'nothing to do'
}

it_nvidia_cuda_that_is_not_there_is_told() {
  use_nvidia_replica
  if [ "$suite" = 12 ]; then
    expect 0 plan_auto --cuda 12.4 --json
    [ "$(field .resolution.cuda[0].release)" = 12.4 ] || fail "CUDA $(field .resolution.cuda[0].release)"
  else
    expect 3 plan_auto --cuda 12.4 --source nvidia
    complains 12.4
  fi
}

it_nvidia_is_reached_through_a_proxy() {
  use_nvidia_replica
  use_proxy user:secret
  sed -i 's,https://127.0.0.1:,https://replica.test:,' "$root/etc/nvprov/config.json"
  expect 1 plan_auto # no other way leads there
  expect 0 plan_auto --proxy "http://user:secret@$proxy_address"
  grep -F "CONNECT replica.test:" "$work/proxy_hosts" >&2 || fail "the proxy was not used"
  ! grep -F secret "$work/out" "$work/err" >&2 || fail "the password is shown"
  answers "***@$proxy_address"
  expect 1 plan_auto --proxy "http://user:wrong@$proxy_address"
  grep ' 407$' "$work/proxy_hosts" >&2
  : >"$work/proxy_hosts"
  expect 0 apply_auto --cuda none --proxy "http://user:secret@$proxy_address"
  driver_is_of_one_version 580.159.04
  ! grep -rF user:secret "$root/etc" "$root/var/lib/nvprov" "$root/var/log/nvprov" >&2 || fail "the password is on the disk"
}

it_nvidia_does_not_take_over_from_the_distribution_s_driver_unasked() {
  use_nvidia_replica
  if [ -d "$work/applied" ]; then
    remove_root
    new_root "$work/applied"
    use_nvidia_replica
  else
    expect 0 apply --cuda none
  fi
  expect 0 plan_auto --cuda none --json
  [ "$(field .resolution.source)" = distro ] || fail "the source is $(field .resolution.source)"
  field '.steps == []'
  remember_host
  expect 3 apply_auto --source nvidia --cuda none
  complains --allow-removals
  host_is_as_before
  expect 0 apply_auto --source nvidia --cuda none --allow-removals
  expect 0 plan_auto --source nvidia --cuda none --json
  field '.steps == []'
  driver_is_of_one_version 580.159.04
}

# A V100 was served up to branch 580 only.
it_nvidia_driver_past_its_gpu_comes_back_on_consent() {
  use_nvidia_replica
  replica_state new
  expect 0 apply_auto --driver 595 --cuda none
  expect 3 in_root nvprov apply --gpu V100 --cuda none -y
  complains --allow-downgrades
  expect 0 in_root nvprov apply --gpu V100 --cuda none -y --allow-downgrades --allow-removals
  local version
  version=$(packages | awk '$2 == "libcuda1" { sub("-1$", "", $3); print $3 }')
  [[ $version = 580.* ]] || fail "libcuda1 is at $version"
  driver_is_of_one_version "$version"
  expect 0 in_root nvprov plan --gpu V100 --cuda none --json
  field '.steps == []'
}

# Debian's packages under Ubuntu's name: what comes from NVIDIA's repository is what Ubuntu gets.
it_nvidia_serves_a_host_that_says_it_is_ubuntu() {
  be_ubuntu_2404
  use_nvidia_replica ubuntu2404
  expect 0 plan_auto --cuda 13.0 --json
  [ "$(field .resolution.distro)" = ubuntu-24.04 ] || fail "it is $(field .resolution.distro)"
  [ "$(field .resolution.source)" = nvidia ] || fail "the source is $(field .resolution.source)"
  expect 0 apply_auto --cuda 13.0
  ubuntu_driver_is_at 580.159.04
  the_entry_is_of ubuntu2404
  writes_nothing apply_auto --cuda 13.0
  replica_state new
  in_root apt-get -qq update >&2
  in_root apt-get -s full-upgrade >"$work/upgrade"
  ! grep -E '^(Inst|Remv) .*(nvidia|libcuda|cuda-drivers)' "$work/upgrade" >&2 || fail "an upgrade would move the driver"
}
be_ubuntu_2404() {
  rm -f "$root/etc/os-release"
  printf '%s\n' 'NAME="Ubuntu"' 'ID=ubuntu' 'ID_LIKE=debian' 'VERSION_ID="24.04"' 'VERSION_CODENAME=noble' \
    'UBUNTU_CODENAME=noble' 'PRETTY_NAME="Ubuntu 24.04.3 LTS"' >"$root/etc/os-release"
}
ubuntu_driver_is_at() {
  packages | awk '$1 == "ii" && $2 ~ /^(libnvidia-|nvidia-)/ && $3 ~ /^[0-9]+[.]/ { print $2, $3 }' >"$work/versions"
  [ "$(wc -l <"$work/versions")" -ge 4 ] || fail "the driver has only these packages: $(cat "$work/versions")"
  ! grep -v " $1-" "$work/versions" >&2 || fail "not all of the driver is at $1"
}
