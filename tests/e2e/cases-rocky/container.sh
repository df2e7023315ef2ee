# shellcheck shell=bash
# The profile for hosts of containers through dnf.
# shellcheck disable=SC2154

# Of the toolkit exactly these packages are there, all at this version.
toolkit_is_at() {
  printf '%s\n' libnvidia-container-tools libnvidia-container1 nvidia-container-toolkit nvidia-container-toolkit-base |
    sed "s/\$/ $1-1/" >"$work/expected"
  packages | grep -E '^(lib)?nvidia-container' | sort >"$work/toolkit"
  same "$work/expected" "$work/toolkit" "another toolkit"
}

it_container_brings_the_driver_and_the_toolkit() {
  expect 0 apply --profile container
  toolkit_is_at 1.20.1
  there /usr/bin/nvidia-smi
  ! packages | grep -E 'cudart|cuda-toolkit' >&2 || fail "a host of containers got CUDA"
  local keys=/etc/pki/rpm-gpg/RPM-GPG-KEY-nvprov name=nvidia-container-toolkit
  printf '%s\n' "[nvprov-$name]" "name=NVIDIA's repository for the Container Toolkit" \
    "baseurl=$replica_url/libnvidia-container/stable/rpm/x86_64/" enabled=1 gpgcheck=0 repo_gpgcheck=1 \
    "gpgkey=file://$keys-$name" skip_if_unavailable=0 sslcacert=/etc/nvprov/ca-127.0.0.1.pem >"$work/expected"
  same "$work/expected" "$root/etc/yum.repos.d/nvprov-$name.repo" "another file of the toolkit's repository"
  writes_nothing apply --profile container
}
it_container_replaces_a_toolkit_with_known_holes() {
  expect 0 apply --profile container
  in_root dnf -q -y downgrade nvidia-container-toolkit{,-base}-1.18.2 libnvidia-container{-tools,1}-1.18.2 >&2
  toolkit_is_at 1.18.2
  expect 0 apply --profile container
  toolkit_is_at 1.20.1
}
