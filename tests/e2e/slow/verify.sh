# shellcheck shell=bash
# Containers with GPUs, tried by verify with Debian's own dockerd. There is no GPU: a libcuda, an nvidia-smi and a container
# runtime that find one are the test's, before those of the packages in every path. The runtime is the real runc, told to
# give the container what NVIDIA's would.
# shellcheck disable=SC2154,SC2016

# shellcheck source=tests/e2e/slow/engines.sh
source "$top/tests/e2e/slow/engines.sh"
# shellcheck source=tests/e2e/cases/verify.sh
source "$top/tests/e2e/cases/verify.sh"

put_driver_that_finds_a_gpu() {
  local version
  version=$(driver_version)
  cat >"$work/libcuda.cpp" <<'EOF'
extern "C" {
int cuInit(unsigned) { return 0; }
int cuDriverGetVersion(int* version) { return *version = 12020, 0; }
int cuDeviceGetCount(int* count) { return *count = 1, 0; }
int cuDeviceGet(int* device, int) { return *device = 0, 0; }
int cuDeviceGetName(char* name, int, int) {
  for (const char* each = "Tesla T4"; (*name++ = *each++) != '\0';) continue;
  return 0;
}
int cuDeviceGetAttribute(int* value, int attribute, int) { return *value = attribute == 75 ? 7 : 5, 0; }
int cuGetErrorName(int, const char** name) { return *name = "CUDA_SUCCESS", 0; }
}
EOF
  c++ -shared -fPIC -nostdlib -fno-builtin -Wl,-soname,libcuda.so.1 "$work/libcuda.cpp" -o "$root/usr/local/lib/libcuda.so.1"
  in_root ldconfig
  cat >"$root/usr/local/bin/nvidia-smi" <<EOF
#!/bin/sh
case \$1 in
  --query-gpu=*) echo "00000000:3B:00.0, Tesla T4, $version" ;;
  -L) echo "GPU 0: Tesla T4 (UUID: GPU-0)" ;;
esac
EOF
  cat >"$root/usr/local/bin/nvidia-container-runtime" <<EOF
#!/bin/sh
bundle=\$(echo "\$*" | sed -n 's/.*--bundle \\([^ ]*\\).*/\\1/p')
if [ -n "\$bundle" ]; then
  jq '.mounts += [{destination: "/usr/lib/libcuda.so.$version", source: "/usr/local/lib/libcuda.so.1", type: "bind",
    options: ["bind", "ro"]}, {destination: "/dev/nvidia0", source: "/dev/null", type: "bind", options: ["bind"]}]' \\
    "\$bundle/config.json" >"\$bundle/new" && mv "\$bundle/new" "\$bundle/config.json"
fi
exec runc "\$@"
EOF
  chmod +x "$root/usr/local/bin/nvidia-smi" "$root/usr/local/bin/nvidia-container-runtime"
}

it_verify_starts_containers_of_a_real_docker_and_names_a_broken_runtime() {
  use_toolkit_replica
  install_in_root docker.io mount jq
  put_docker_client_in_root
  put_systemctl_in_root
  install -d "$root/etc/docker"
  printf '{%s}\n' "$own_settings" >"$root/etc/docker/daemon.json"
  expect 0 on_machine bash -c "$docker_begins"'start_docker; apply'
  put_driver_that_finds_a_gpu
  expect 4 on_machine_with_gpu "$docker_begins"'
    start_docker
    docker images -q >/tmp/images.before
    nvprov verify --json || status=$?
    docker images -q | cmp - /tmp/images.before || echo "an image stays" >&2
    exit $status'
  jq -e '[.results[] | select(.level != "files") | "\(.name // .subject) \(.outcome)"] == ["module ok", "management ok",
    "cuda ok", "Docker, --runtime nvidia ok", "Docker, --gpus all found"]' "$work/out" >&2
  ! grep 'an image stays' "$work/err" >&2 || fail "the image of the trial is still there"
  jq '.runtimes.nvidia.path = "/opt/gone"' "$root/etc/docker/daemon.json" >"$work/daemon.json"
  cp "$work/daemon.json" "$root/etc/docker/daemon.json"
  expect 4 on_machine_with_gpu "$docker_begins"'start_docker; nvprov verify'
  answers 'Docker, --runtime nvidia: no container starts'
  answers '/opt/gone'
  # Where Docker does not run, that is said, and is no finding: those there are name the stand-ins of this test.
  expect 4 on_machine_with_gpu 'nvprov verify --json'
  jq -e '[.results[].findings[] | "\(.check) \(.subject)"] == ["unowned-driver-file /usr/local/bin/nvidia-smi",
    "unowned-driver-file /usr/local/lib/libcuda.so.1"]' "$work/out" >&2
  jq -e '.results[] | select(.subject == "container") | .outcome == "not-checked" and .name == "Docker"' "$work/out" >&2
}
