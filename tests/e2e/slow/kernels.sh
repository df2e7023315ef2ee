# shellcheck shell=bash
# Minutes each: a real kernel with its headers, and a newcomer's two commands.
# shellcheck disable=SC2154

# Gives the root the release's stock kernel and what its headers meta package brings.
install_kernel() {
  in_root apt-get -qq update
  # The kernel's own scripts look for a boot loader and an initramfs; neither matters here.
  install_in_root linux-image-amd64 linux-headers-amd64 >&2
  kernel=$(basename "$(compgen -G "$root/lib/modules/*" | head -n 1)")
}

it_builds_the_module_for_the_stock_kernel() {
  install_kernel
  expect 0 plan --json
  local version
  version=$(field '.resolution.driver.version')
  expect 0 apply
  says "$kernel"
  in_root find "/lib/modules/$kernel" -name 'nvidia*.ko*' >"$work/modules"
  [ -s "$work/modules" ] || fail "DKMS built no module"
  local module
  module=$(grep -E '/nvidia(-current)?\.ko' "$work/modules" | head -n 1)
  [ "$(in_root modinfo -F version "$module")" = "$version" ] || fail "the module is not of version $version"
  in_root apt-get -s full-upgrade >"$work/upgrade"
  ! grep -E '^(Inst|Remv) .*(nvidia|cuda)' "$work/upgrade" >&2 || fail "an upgrade would move the driver"
  expect 0 apply
  answers 'nothing to do'
}

it_brings_the_headers_of_a_kernel_that_has_none() {
  in_root apt-get -qq update
  install_in_root linux-image-amd64 >&2
  expect 0 plan --json
  field '.closure.packages[] | select(.name == "linux-headers-amd64") | .action == "install"'
}

it_fails_and_names_the_log_where_the_module_does_not_build() {
  install_kernel
  # DKMS' own way for a host to say how a module is built there: whatever headers come, this fails.
  install -D -m 644 /dev/stdin "$root/etc/dkms/nvidia-current.conf" <<<'MAKE[0]="false"'
  expect 1 apply
  complains dkms
  complains make.log
}

it_gives_a_newcomer_a_plan_with_one_command() {
  copy_project
  expect 0 in_root /root/nvprov/scripts/quickstart
  answers libcuda1
  complains T4
}

it_gives_a_newcomer_the_tests_with_one_command() {
  copy_project
  expect 0 in_root /root/nvprov/scripts/test --only lint --only unit --only cli
  [[ $(tail -n 1 "$work/out") =~ ^[0-9]+\ passed,\ 0\ failed,\ [0-9]+\ skipped$ ]] || fail "no line of counts"
}

# The project as a clone would have it.
copy_project() {
  mkdir "$root/root/nvprov"
  (cd "$top" && git ls-files -z --cached | tar --null -T - -c) | tar -x -C "$root/root/nvprov"
}
