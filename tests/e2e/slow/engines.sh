# shellcheck shell=bash
# Container engines, Debian's own real ones: their daemons run in the root, which is a machine of its own for them. No
# systemd runs there: `systemctl` is a script of the test that writes down what it is asked, and does it.
# shellcheck disable=SC2154,SC2016

# A systemctl that knows dockerd alone.
put_systemctl_in_root() {
  cat >"$root/usr/local/bin/systemctl" <<'EOF'
#!/bin/sh
echo "$*" >>/var/log/systemctl
case "$*" in
  "is-active --quiet docker.service") kill -0 "$(cat /run/docker.pid 2>/dev/null)" 2>/dev/null ;;
  "reload docker.service") kill -HUP "$(cat /run/docker.pid)" ;;
esac
EOF
  chmod +x "$root/usr/local/bin/systemctl"
}

# From Debian 13 on it is a package of its own, which the daemon only recommends.
put_docker_client_in_root() { [ "$suite" = 12 ] || install_in_root docker-cli; }

# What every script on the machine begins with: dockerd, with nothing of a network, and an image of busybox alone.
docker_begins='
set -e
start_docker() {
  dockerd >>/var/log/dockerd.log 2>&1 &
  for i in $(seq 150); do ! docker info >/dev/null 2>&1 || return 0; sleep 0.2; done
  tail -n 20 /var/log/dockerd.log >&2; exit 1
}
mkdir -p /run/systemd/units
ln -sf 0123 /run/systemd/units/invocation:docker.service
apply() { nvprov apply --gpu T4 --source distro -y --profile container "$@"; }
'
own_settings='"bridge": "none", "iptables": false, "storage-driver": "vfs"'

it_engine_docker_takes_the_runtime_and_keeps_its_containers() {
  use_toolkit_replica
  install_in_root docker.io busybox-static
  put_docker_client_in_root
  put_systemctl_in_root
  install -d "$root/etc/docker"
  printf '{\n  %s,\n  "runtimes": {\n    "other": { "path": "/usr/sbin/runc" }\n  }\n}\n' "$own_settings" >"$root/etc/docker/daemon.json"
  cp "$root/etc/docker/daemon.json" "$work/daemon.before"
  expect 0 on_machine bash -c "$docker_begins"'
    start_docker
    tar -C / -c bin/busybox | docker import - small >/dev/null
    docker run -d --network none --name stays small /bin/busybox sleep 600 >/dev/null
    docker inspect -f "{{.State.StartedAt}} {{.State.Pid}}" stays >/tmp/before
    apply >&2
    for i in $(seq 50); do ! docker info -f "{{json .Runtimes}}" | grep -q nvidia || break; sleep 0.2; done
    docker inspect -f "{{.State.StartedAt}} {{.State.Pid}}" stays >/tmp/after
    docker inspect -f "{{.State.Running}}" stays
    docker info -f "{{range \$name, \$runtime := .Runtimes}}{{\$name}} {{end}}"
    apply --json'
  [ "$(sed -n 1p "$work/out")" = true ] || fail "the container does not run any more"
  cmp "$root/tmp/before" "$root/tmp/after" >&2 || fail "the container was started anew"
  sed -n 2p "$work/out" | grep -w other | grep -qw nvidia || fail "not both runtimes: $(sed -n 2p "$work/out")"
  sed 1,2d "$work/out" | jq -e '.changed == false' >&2 || fail "the second apply changed something"
  cmp "$work/daemon.before" "$root/etc/docker/daemon.json.nvprov-saved" >&2 || fail "no copy of the file from before"
  printf '%s\n' 'is-active --quiet docker.service' 'reload docker.service' >"$work/expected"
  grep -E 'docker' "$root/var/log/systemctl" >"$work/asked"
  same "$work/expected" "$work/asked" "systemctl was asked for something else"
  # The line the plan names takes it back.
  mv "$root/etc/docker/daemon.json.nvprov-saved" "$root/etc/docker/daemon.json"
  same "$work/daemon.before" "$root/etc/docker/daemon.json" "not the file from before"
}

it_engine_docker_comes_with_the_plan() {
  use_toolkit_replica
  put_systemctl_in_root
  expect 0 in_root nvprov plan --gpu T4 --source distro --profile container
  grep -q -e '--engine docker. installs docker.io' "$work/out" || fail "the plan does not say which engine there is"
  expect 0 on_machine bash -c "$docker_begins"'apply --engine docker'
  there /usr/sbin/dockerd
  jq -e '.runtimes.nvidia.path == "nvidia-container-runtime"' "$root/etc/docker/daemon.json" >&2
  put_docker_client_in_root
  jq ". + {$own_settings}" "$root/etc/docker/daemon.json" >"$work/daemon.json"
  cp "$work/daemon.json" "$root/etc/docker/daemon.json"
  expect 0 on_machine bash -c "$docker_begins"'start_docker; docker info -f "{{json .Runtimes}}"; apply --engine docker --json'
  sed -n 1p "$work/out" | jq -e .nvidia >&2 || fail "dockerd does not know the runtime"
  sed 1d "$work/out" | jq -e '.changed == false' >&2 || fail "the second apply changed something"
}

it_engine_containerd_knows_the_runtime() {
  use_toolkit_replica
  install_in_root containerd
  cp -a "$root/etc/containerd" "$work/containerd.before" 2>/dev/null || mkdir "$work/containerd.before"
  expect 0 apply --profile container
  expect 0 in_root containerd config dump
  grep -A20 'runtimes.nvidia\]' "$work/out" | grep -q '/usr/bin/nvidia-container-runtime' ||
    fail "containerd does not know the runtime"
  writes_nothing apply --profile container
}

it_engine_podman_comes_with_the_base_alone() {
  use_toolkit_replica
  expect 0 apply --profile container --engine podman
  there /usr/bin/podman
  packages | grep -E '^ii +(lib)?nvidia-container' >"$work/toolkit"
  grep -q nvidia-container-toolkit-base "$work/toolkit" || fail "the toolkit's base is not there"
  [ "$(wc -l <"$work/toolkit")" = 1 ] || fail "more than the base: $(cat "$work/toolkit")"
  writes_nothing apply --profile container
  install_in_root busybox-static runc  # as podman's own crun refuses the groups of some machines
  install -d "$root/etc/cdi" "$root/small/bin"
  cp "$root/bin/busybox" "$root/small/bin/"
  printf '%s\n' '{"cdiVersion": "0.5.0", "kind": "nvidia.com/gpu", "devices": [{"name": "all", "containerEdits":' \
    '{"env": ["GPU=all"]}}]}' >"$root/etc/cdi/nvidia.json"
  # shellcheck disable=SC2089
  podman='podman --runtime runc --storage-driver vfs --cgroup-manager cgroupfs run --rm --network none --rootfs'
  expect 0 on_machine bash -c "$podman"' --device nvidia.com/gpu=all /small /bin/busybox env'
  answers GPU=all
  expect 126 on_machine bash -c "$podman"' --device nvidia.com/gpu=7 /small /bin/busybox env'
  complains 'unresolvable CDI devices'
}
