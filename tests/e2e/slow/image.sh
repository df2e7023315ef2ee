# shellcheck shell=bash
# Images built by a real builder, from Dockerfiles.
# shellcheck disable=SC2154,SC2016

set_debian_cuda
before_build() {
  command -v buildah >/dev/null || skip "buildah is not installed"
  umount "$root/proc"
  mkdir -p "$work/empty"
  trap 'builder umount -a >/dev/null 2>&1; builder rm -a >/dev/null 2>&1; builder rmi -a -f >/dev/null 2>&1; rm -rf "$work/images" "$work/images.run"' EXIT
}
holds_libraries_alone() {
  ! chroot "$image" dpkg-query -W -f '${Package}\n' | grep -E '^(libcuda1|nvidia-.*|linux-image.*)$' >&2 || fail "more than libraries came"
  ! compgen -G "$image/var/lib/apt/lists/*_*" >&2 || fail "indexes are in the image"
  [ ! -e "$image/var/log/nvprov" ] || fail "a log is in the image"
  [ ! -e "$image/var/cache/nvprov" ] || fail "a cache is in the image"
  [ ! -e "$image/run/nvprov" ] || fail "a folder of one run is in the image"
}
image_packages() { chroot "$1" dpkg-query -W -f '${Package} ${Version}\n'; }

it_builds_an_image_from_debians_archive_unasked_for_its_target() {
  remove_root
  new_root "$bare"
  before_build
  build app <<<"RUN nvprov apply --cuda $debian_cuda --source distro -y"
  answers 'ENV NVIDIA_VISIBLE_DEVICES=all'
  look_at app
  holds_libraries_alone
  chroot "$image" ldconfig -p | grep -F "$debian_library" >&2 || fail "the linker does not know the runtime"
}

it_builds_an_image_from_nvidias_repository() {
  remove_root
  new_root "$bare"
  use_nvidia_replica
  before_build
  build app <<<"RUN nvprov apply --target image --cuda $nvidia_cuda -y"
  look_at app
  holds_libraries_alone
  image_packages "$image" | grep -F "cuda-cudart-${nvidia_cuda/./-} $nvidia_cuda." >&2 || fail "cudart of $nvidia_cuda is not there"
}

it_builds_the_exported_dockerfile_to_the_same_packages() {
  remove_root
  new_root "$bare"
  expect 0 in_root nvprov export dockerfile --target image --cuda "$debian_cuda" --source distro
  cp "$work/out" "$work/lines"
  rm -rf "$root/var/cache/nvprov"
  before_build
  build exported <"$work/lines"
  build applied <<<"RUN nvprov apply --cuda $debian_cuda --source distro -y"
  look_at exported
  image_packages "$image" >"$work/exported.packages"
  holds_libraries_alone
  builder inspect --type image exported | jq -e '.OCIv1.config.Env | index("NVIDIA_DRIVER_CAPABILITIES=compute,utility")' >&2 ||
    fail "the variables are not in the image"
  look_at applied
  image_packages "$image" >"$work/applied.packages"
  same "$work/applied.packages" "$work/exported.packages" "other packages"
}

# A daemon of docker's for the case alone, with the machine's own network: it makes no bridge and no rule.
docker_here() { docker -H "unix://$work/docker/socket" "$@"; }
stop_docker() {
  kill "$(cat "$work/docker/pid")"
  until_true 300 test ! -e "$work/docker/pid"
  awk -v d="$work/docker/" 'index($2, d) == 1 { print $2 }' /proc/mounts | sort -r | xargs -r -n 1 umount -l
  rm -rf "$work/docker"
}
start_docker() {
  command -v dockerd >/dev/null || skip "docker is not installed"
  mkdir -p "$work/docker"
  dockerd --bridge=none --iptables=false --storage-driver vfs --data-root "$work/docker/data" \
    --exec-root "$work/docker/exec" --pidfile "$work/docker/pid" -H "unix://$work/docker/socket" >"$work/docker/log" 2>&1 &
  local tenths
  for ((tenths = 0; tenths < 300; ++tenths)); do
    ! docker_here info >/dev/null 2>&1 || break
    kill -0 $! 2>/dev/null || skip "dockerd does not run here: $(tail -n 1 "$work/docker/log")"
    sleep 0.1
  done
  trap stop_docker EXIT
}

it_builds_an_image_with_docker() {
  remove_root
  new_root "$bare"
  umount "$root/proc"
  start_docker
  tar -C "$root" -c . | docker_here import - base >&2
  mkdir -p "$work/docker/context"
  printf '%s\n' 'FROM base' "RUN nvprov apply --cuda $debian_cuda --source distro -y" >"$work/docker/context/Dockerfile"
  expect 0 env DOCKER_BUILDKIT=0 docker -H "unix://$work/docker/socket" build --network host -t app "$work/docker/context"
  answers 'ENV NVIDIA_VISIBLE_DEVICES=all'
  image=$work/docker/image
  mkdir "$image"
  docker_here export "$(docker_here create app true)" | tar -C "$image" -x
  holds_libraries_alone
  chroot "$image" ldconfig -p | grep -F "$debian_library" >&2 || fail "the linker does not know the runtime"
}

# The official images hold cuBLAS and NCCL at the version they were built with.
it_image_keeps_libraries_somebody_holds() {
  use_nvidia_replica
  local suffix=${nvidia_cuda/./-}
  expect 0 in_root nvprov apply --target image --cuda "$nvidia_cuda" --libraries cublas -y
  in_root apt-mark hold "libcublas-$suffix" >&2
  in_root apt-get -qq purge -y "cuda-cudart-$suffix" >&2
  packages | grep " libcublas-$suffix " >"$work/held"
  expect 0 in_root nvprov apply --target image --cuda "$nvidia_cuda" --libraries cublas -y
  packages | grep " libcublas-$suffix " >"$work/held.after"
  same "$work/held" "$work/held.after" "the held library changed"
  packages | grep -E "^ii +cuda-cudart-$suffix " >&2 || fail "the runtime did not come"
  in_root apt-mark showhold | grep -Fx "libcublas-$suffix" >&2 || fail "the hold is gone"
}

# Two releases side by side, of which the older is chosen, with the newest cuDNN and the NCCL built for each.
it_builds_an_image_to_develop_with_cudnn() {
  remove_root
  new_root "$bare"
  use_develop_replica
  before_build
  local older newer with=''
  case $suite in
    12) older=12.8 newer=12.9 with='--with cudnn' ;;
    13) older=13.1 newer=13.3 ;;  # which libraries NVIDIA's repository for Debian 13 holds is not known
  esac
  build develop <<<"RUN nvprov apply --target image --profile develop --cuda $older,$newer --default-cuda $older $with -y"
  look_at develop
  holds_libraries_alone
  image_packages "$image" >"$work/develop.packages"
  local name
  for name in cuda-minimal-build cuda-command-line-tools cuda-libraries-dev cuda-nvml-dev libcufft; do
    grep -E "^$name-${older/./-} " "$work/develop.packages" >&2 || fail "$name of $older is not there"
    grep -E "^$name-${newer/./-} " "$work/develop.packages" >&2 || fail "$name of $newer is not there"
  done
  grep -E "^libcudnn9-dev-cuda-${newer%.*} 9\.27\." "$work/develop.packages" >&2 || fail "cuDNN's headers are not there"
  [ "$(chroot "$image" readlink -f /usr/local/cuda)" = "/usr/local/cuda-$older" ] || fail "/usr/local/cuda leads elsewhere"
  ! grep -E '^(cuda|cuda-[0-9]+-[0-9]+|cuda-drivers|cuda-toolkit-[0-9]+-[0-9]+) ' "$work/develop.packages" >&2 || fail "a meta package came"
}

# On a host too, beside the driver.
it_develops_with_cudnn_on_a_host() {
  [ "$suite" = 12 ] || skip "which libraries NVIDIA's repository for Debian 13 holds is not known"
  use_develop_replica
  local cuda=12.9
  expect 0 apply_auto --profile develop --cuda "$cuda" --with cudnn
  packages >"$work/develop.packages"
  grep -E "^ii +libcudnn9-dev-cuda-${cuda%.*} 9\\.27\\." "$work/develop.packages" >&2 || fail "cuDNN's headers are not there"
  the_driver_is_there
  writes_nothing apply_auto --profile develop --cuda "$cuda" --with cudnn
}
