# shellcheck shell=bash
# An image to develop in, through dnf, from a replica with every package of CUDA the catalog names.
# shellcheck disable=SC2154

it_builds_an_image_to_develop_with_cudnn() {
  command -v buildah >/dev/null || skip "buildah is not installed"
  # The other repositories and the key stay those of all cases.
  install -d "$work/develop"
  cp -a "$replica/new/." "$work/develop/"
  rm -rf "$work/develop/compute"
  "$top/scripts/make-test-repos" "$work/develop" --only rhel9 --branch 580 --first-cuda 12.9 --components >&2
  umount "$root/proc"
  mkdir -p "$work/empty"
  trap 'replica_state old; builder umount -a >/dev/null 2>&1; builder rm -a >/dev/null 2>&1; builder rmi -a -f >/dev/null 2>&1; rm -rf "$work/images" "$work/images.run"' EXIT
  replica_state "$work/develop"
  build develop <<<'RUN nvprov apply --target image --profile develop --cuda 12.9,13.0 --with cudnn -y'
  look_at develop
  chroot "$image" rpm -qa --qf '%{name} %{evr}\n' | sort >"$work/develop.packages"
  local name
  for name in cuda-minimal-build cuda-command-line-tools cuda-libraries-devel libcufft; do
    grep -E "^$name-12-9 " "$work/develop.packages" >&2 || fail "$name of 12.9 is not there"
    grep -E "^$name-13-0 " "$work/develop.packages" >&2 || fail "$name of 13.0 is not there"
  done
  grep -E '^libcudnn9-devel-cuda-1[23] ' "$work/develop.packages" >&2 || fail "cuDNN's headers are not there"
  ! grep -E '^(nvidia|kmod|cuda-drivers|cuda-toolkit-[0-9]+-[0-9]+ )' "$work/develop.packages" >&2 || fail "more came than was asked for"
}
