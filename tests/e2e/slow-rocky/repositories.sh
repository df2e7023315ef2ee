# shellcheck shell=bash
# Repositories the host has already.
# shellcheck disable=SC2154

it_uses_a_repository_that_is_there() {
  printf '%s\n' '[cuda-rhel9-x86_64]' name=cuda-rhel9-x86_64 "baseurl=$replica_url/compute/cuda/repos/rhel9/x86_64" \
    enabled=1 gpgcheck=1 "gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-test" sslcacert=/etc/nvprov/ca.pem \
    >"$root/etc/yum.repos.d/cuda-rhel9.repo"
  expect 0 plan
  answers 'cuda-rhel9.repo line 1'
  expect 0 apply
  ! compgen -G "$root/etc/yum.repos.d/nvprov-cuda*" >&2 || fail "the repository is there twice"
  driver_is_of_one_version 580.159.04
  expect 0 apply
  answers 'nothing to do'
}
