# shellcheck shell=bash
# Services of the driver that are to start with the machine.
# shellcheck disable=SC2154

it_enables_a_service_that_nobody_has_start_with_the_machine() {
  local link=$root/etc/systemd/system/multi-user.target.wants/nvidia-persistenced.service
  install_in_root systemd
  expect 0 apply
  [ -L "$link" ] || fail "Debian's package enables its service no more"
  in_root systemctl disable nvidia-persistenced.service
  [ ! -L "$link" ] || fail "the service cannot be disabled"
  expect 0 apply
  answers 'enable nvidia-persistenced.service'
  [ -L "$link" ] || fail "the service is not enabled"
  writes_nothing apply
  in_root systemctl mask nvidia-persistenced.service
  writes_nothing apply
}
