# shellcheck shell=bash
# A host brought from nothing to the driver through dnf, and kept there.
# shellcheck disable=SC2154

# Every part of the driver that is installed is of one version.
driver_is_of_one_version() {
  packages | grep -E '^(nvidia|libnvidia|kmod-nvidia|cuda-drivers)' >"$work/versions"
  [ "$(wc -l <"$work/versions")" -ge 8 ] || fail "the driver has only these packages: $(cat "$work/versions")"
  ! grep -v " 3:$1-" "$work/versions" >&2 || fail "not all of the driver is at $1"
}

it_brings_the_lts_branch_to_a_fresh_host() {
  expect 0 plan --json
  [ "$(field .resolution.source)" = nvidia ] || fail "the source is $(field .resolution.source)"
  [ "$(field .resolution.driver.branch)" = 580 ] || fail "the branch is $(field .resolution.driver.branch)"
  [ "$(field .resolution.driver.flavour)" = open ] || fail "the module is not the open one"
  expect 0 apply
  there /usr/bin/nvidia-smi
  there /usr/lib64/libcuda.so.1
  driver_is_of_one_version 580.159.04
  save_root "$work/applied"
}

from_the_applied_root() {
  [ -d "$work/applied" ] || fail "the first apply did not succeed"
  remove_root
  new_root "$work/applied"
}

it_writes_its_files_byte_for_byte() {
  from_the_applied_root
  local keys=/etc/pki/rpm-gpg/RPM-GPG-KEY-nvprov
  # shellcheck disable=SC2016
  printf '%s\n' '[nvprov-cuda-rhel9]' "name=NVIDIA's repository for Enterprise Linux 9" \
    "baseurl=$replica_url/compute/cuda/repos/rhel9/x86_64/" enabled=1 gpgcheck=1 repo_gpgcheck=1 \
    "gpgkey=file://$keys-cuda-rhel9" skip_if_unavailable=0 sslcacert=/etc/nvprov/ca-127.0.0.1.pem >"$work/expected"
  same "$work/expected" "$root/etc/yum.repos.d/nvprov-cuda-rhel9.repo" "another file of NVIDIA's repository"
  printf '%s\n' '[nvprov-epel]' 'name=EPEL 9' "baseurl=$replica_url/epel/9/Everything/x86_64/" enabled=1 gpgcheck=1 \
    repo_gpgcheck=0 "gpgkey=file://$keys-epel" skip_if_unavailable=0 sslcacert=/etc/nvprov/ca-127.0.0.1.pem >"$work/expected"
  same "$work/expected" "$root/etc/yum.repos.d/nvprov-epel.repo" "another file of EPEL"
  same "$replica/new/key/good.pub" "$root$keys-cuda-rhel9" "another key of NVIDIA's"
  same "$replica/new/key/good.pub" "$root$keys-epel" "another key of EPEL's"
  same "$work/ca.pem" "$root/etc/nvprov/ca-127.0.0.1.pem" "other certificates"
  printf '%s\n' '[nvidia-driver]' name=nvidia-driver stream=580-open profiles= state=enabled >"$work/expected"
  sed '/^$/d' "$root/etc/dnf/modules.d/nvidia-driver.module" >"$work/stream"
  same "$work/expected" "$work/stream" "another module stream"
}

it_leaves_everything_alone_the_second_time() {
  from_the_applied_root
  writes_nothing apply
}

it_keeps_the_driver_where_it_is_in_an_upgrade() {
  from_the_applied_root
  replica_state new
  in_root dnf -q --refresh list --available --showduplicates nvidia-driver-cuda >"$work/offers"
  grep -F 580.178.04 "$work/offers" >&2 || fail "no newer driver is offered"
  in_root dnf --assumeno upgrade >"$work/upgrade" 2>&1 || true
  grep -F 'Nothing to do' "$work/upgrade" >&2 || { cat "$work/upgrade"; fail "an upgrade would change something"; }
  expect 0 apply
  answers 'nothing to do'
}
