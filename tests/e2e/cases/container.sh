# shellcheck shell=bash
# The profile for hosts of containers: Debian's own driver, and NVIDIA Container Toolkit from a replica of its repository.
# shellcheck disable=SC2154

toolkit_packages=(libnvidia-container-tools libnvidia-container1 nvidia-container-toolkit nvidia-container-toolkit-base)

# Of the toolkit exactly these packages are there, all at this version.
toolkit_is_at() {
  printf 'ii %s\n' "${toolkit_packages[@]/%/ $1-1}" | tr -s ' ' >"$work/expected"
  packages | tr -s ' ' | grep -E '^ii (lib)?nvidia-container' | sort >"$work/toolkit"
  same "$work/expected" "$work/toolkit" "another toolkit"
}

apply_container() { apply --profile container "$@"; }

it_container_brings_the_driver_and_the_toolkit() {
  use_toolkit_replica
  expect 0 plan --profile container --json
  [ "$(field .resolution.container_toolkit.version)" = 1.20.1 ] || fail "not the newest toolkit"
  expect 0 apply_container
  toolkit_is_at 1.20.1
  the_driver_is_there
  ! packages | grep -E 'cudart|cuda-toolkit' >&2 || fail "a host of containers got CUDA"
  save_root "$work/container_applied"
}

from_the_container_root() {
  [ -d "$work/container_applied" ] || fail "the first apply did not succeed"
  remove_root
  new_root "$work/container_applied"
  use_toolkit_replica
}

# In the format the root's own entries have.
it_container_names_the_repository_with_its_own_key() {
  from_the_container_root
  local name=nvprov-nvidia-container-toolkit url=$replica_url/stable/deb/amd64/
  local key=/etc/apt/keyrings/$name.gpg
  if [ "$suite" = 12 ]; then
    echo "deb [signed-by=$key] $url /" >"$work/expected"
    same "$work/expected" "$root/etc/apt/sources.list.d/$name.list" "another sources file"
  else
    printf '%s\n' 'Types: deb' "URIs: $url" 'Suites: /' "Signed-By: $key" >"$work/expected"
    same "$work/expected" "$root/etc/apt/sources.list.d/$name.sources" "another sources file"
  fi
  sed '/^-----/d; /^$/d; /^=/d; /:/d' "$replica/new/key/good.pub" | base64 -d >"$work/expected"
  cmp "$work/expected" "$root$key" >&2 || fail "the keyring is not the key alone"
}

it_container_is_left_alone_the_second_time() {
  from_the_container_root
  writes_nothing apply_container
}

# A toolkit with known holes: audit names it, and apply replaces it, the driver left as it is.
it_container_replaces_a_toolkit_with_known_holes() {
  from_the_container_root
  install_in_root --allow-downgrades "${toolkit_packages[@]/%/=1.18.2-1}" >&2
  toolkit_is_at 1.18.2
  expect 4 in_root nvprov audit --json
  jq -e 'any(.findings[]; .check == "toolkit-below-floor")' "$work/out" >&2 || fail "audit does not name it"
  packages | grep nvidia-smi >"$work/driver.before"
  expect 0 apply_container
  toolkit_is_at 1.20.1
  packages | grep nvidia-smi >"$work/driver.after"
  same "$work/driver.before" "$work/driver.after" "another driver"
}

# A good one stays, though a newer one is on offer.
it_container_leaves_a_good_toolkit_where_it_is() {
  from_the_container_root
  install_in_root --allow-downgrades "${toolkit_packages[@]/%/=1.19.1-1}" >&2
  writes_nothing apply_container
  toolkit_is_at 1.19.1
}

it_container_refuses_a_repository_with_a_bad_signature() {
  use_toolkit_replica
  local mode
  for mode in wrong-key forged-release forged-index; do
    replica_mode "$mode"
    remember_host
    expect 5 apply_container
    host_is_as_before
  done
}

# Where the repository has only releases with known holes there is no answer.
it_container_takes_no_toolkit_with_known_holes() {
  use_toolkit_replica
  replica_state old
  remember_host
  expect 3 apply_container
  complains 'known holes'
  host_is_as_before
}

# A Docker as Debian's package leaves it, but for the program: only its file is in question here.
put_docker_in_root() {
  install_local docker.io "$1"
  install -D -m 755 /dev/null "$root/usr/sbin/dockerd"
  install -d "$root/etc/docker"
}

# The user's own words stay, comments of none; what was there is kept, and comes back.
it_container_adds_the_runtime_to_the_file_of_docker() {
  from_the_container_root
  put_docker_in_root 26.1.5+dfsg1-9
  printf '{\n\t"log-driver": "journald",\n\t"features": {"buildkit": true}\n}\n' >"$root/etc/docker/daemon.json"
  chmod 640 "$root/etc/docker/daemon.json"
  cp "$root/etc/docker/daemon.json" "$work/daemon.before"
  expect 0 apply_container
  jq -e '.["log-driver"] == "journald" and .features == {buildkit: true, cdi: true} and
    .runtimes == {nvidia: {path: "nvidia-container-runtime", args: []}}' "$root/etc/docker/daemon.json" >&2 ||
    fail "not what was there and the runtime: $(cat "$root/etc/docker/daemon.json")"
  [ "$(stat -c %a "$root/etc/docker/daemon.json")" = 640 ] || fail "another mode"
  same "$work/daemon.before" "$root/etc/docker/daemon.json.nvprov-saved" "no copy of the file from before"
  writes_nothing apply_container
  # What is nvprov's in the file is agreed, and nothing else of it.
  jq '.debug = true' "$root/etc/docker/daemon.json" >"$work/daemon.json" && cp "$work/daemon.json" "$root/etc/docker/daemon.json"
  expect 0 in_root nvprov audit
  jq 'del(.runtimes)' "$root/etc/docker/daemon.json" >"$work/daemon.json" && cp "$work/daemon.json" "$root/etc/docker/daemon.json"
  expect 4 in_root nvprov audit --json
  jq -e '[.findings[] | .check + " " + .subject] == ["file-changed /etc/docker/daemon.json"]' "$work/out" >&2 ||
    fail "audit names something else"
}

it_container_leaves_a_broken_file_of_docker_alone() {
  from_the_container_root
  put_docker_in_root 26.1.5+dfsg1-9
  printf '{\n  "log-driver": "journald"\n  "debug": true\n}\n' >"$root/etc/docker/daemon.json"
  remember_host
  expect 3 apply_container
  complains 'line 3'
  complains '/etc/docker/daemon.json'
  host_is_as_before
}

it_container_leaves_engines_alone_where_that_is_asked_for() {
  from_the_container_root
  put_docker_in_root 26.1.5+dfsg1-9
  writes_nothing apply_container --engine none
  [ ! -e "$root/etc/docker/daemon.json" ] || fail "a file of Docker was written"
}

# What was planned for one file is not done to another.
it_container_refuses_a_saved_plan_once_the_file_of_docker_has_changed() {
  from_the_container_root
  put_docker_in_root 26.1.5+dfsg1-9
  echo '{"debug": true}' >"$root/etc/docker/daemon.json"
  expect 0 plan --profile container -o /root/plan.json
  echo '{"debug": false}' >"$root/etc/docker/daemon.json"
  remember_host
  expect 4 in_root nvprov apply -y /root/plan.json
  host_is_as_before
}

# A host that followed the advice of its time: lists of repositories that are no more, the retired wrapper, its runtime as
# the default one.
it_container_takes_the_place_of_nvidia_docker2() {
  from_the_container_root
  install_in_root --allow-downgrades "${toolkit_packages[@]/%/=1.18.2-1}" >&2
  put_docker_in_root 26.1.5+dfsg1-9
  install_local nvidia-docker2 2.14.0-1 'Depends: nvidia-container-toolkit (>= 1.14.0-1)'
  local list=$root/etc/apt/sources.list.d/nvidia-docker.list
  # shellcheck disable=SC2016
  printf 'deb https://nvidia.github.io/%s/stable/debian11/$(ARCH) /\n' libnvidia-container nvidia-container-runtime nvidia-docker >"$list"
  cp "$list" "$work/list.before"
  printf '{\n    "default-runtime": "nvidia",\n    "runtimes": {\n        "nvidia": {\n            "path": "nvidia-container-runtime",\n            "runtimeArgs": []\n        }\n    }\n}\n' >"$root/etc/docker/daemon.json"
  remember_host
  expect 3 apply_container
  complains '--adopt'
  complains '--allow-removals'
  host_is_as_before
  expect 0 apply_container --adopt --allow-removals
  toolkit_is_at 1.20.1
  ! packages | grep -E '^ii +nvidia-docker2' >&2 || fail "the wrapper is still there"
  ! grep -v '^#' "$list" >&2 || fail "an entry of a retired repository is still there"
  same "$work/list.before" "$list.nvprov-saved" "no copy of the list from before"
  jq -e '.["default-runtime"] == "nvidia" and .features == {cdi: true} and .runtimes.nvidia.path == "nvidia-container-runtime"' \
    "$root/etc/docker/daemon.json" >&2 || fail "another configuration: $(cat "$root/etc/docker/daemon.json")"
  writes_nothing apply_container
}
