# shellcheck shell=bash
# Disk images: a module that is really built from outside, for a kernel that is not this machine's. Uses the helpers of
# cases/disk.sh, which is read before.
# shellcheck disable=SC2154,SC2016

# What of this machine an apply for a disk could touch by mistake.
machine_files() {
  # Not all of them are there.
  { find /boot /etc/apt /etc/modprobe.d /etc/modules-load.d /etc/systemd /lib/modules /usr/sbin/policy-rc.d /usr/src \
    /var/lib/dkms /var/lib/nvprov /var/log/nvprov -printf '%p %y %s %T@\n' 2>/dev/null || true; } | sort
}
# A kernel with its headers, and another without.
a_disk_with_two_kernels() {
  in_root apt-get -qq update
  install_in_root linux-image-amd64 linux-image-cloud-amd64 initramfs-tools systemd-sysv "$@" >&2
  kernel=$(basename "$(compgen -G "$root/lib/modules/*" | grep -v cloud)")
  cloud_kernel=$(basename "$(compgen -G "$root/lib/modules/*cloud*")")
  [ "$kernel" != "$(uname -r)" ] || skip "this machine runs the release's own kernel"
  a_disk_at_rest
}
# has_module_of VERSION KERNEL
has_module_of() {
  local module
  module=$(in_root find "/lib/modules/$2" -name 'nvidia-current.ko*' | head -n 1)
  [ -n "$module" ] || fail "there is no module for $2"
  [ "$(in_root modinfo -F version "$module")" = "$1" ] || fail "the module is not of version $1"
  in_root modinfo -F vermagic "$module" | grep -qF "$2 " || fail "the module is for $(in_root modinfo -F vermagic "$module")"
}

it_builds_the_module_for_the_kernel_of_a_disk() {
  a_disk_with_two_kernels
  # As of a disk that is unpacked from an archive of files.
  find "$root/dev" -mindepth 1 -delete
  rm -f "$root/usr/sbin/policy-rc.d"
  machine_files >"$work/machine.before"
  expect 0 outside plan --gpu H100 --kernel "$kernel" --json
  local version
  version=$(field '.resolution.driver.version')
  expect 0 outside apply --gpu H100 --kernel "$kernel" -y
  says "$kernel: nvidia-current $version"
  ! find "$root/dev" "$root/proc" -mindepth 1 | grep . >&2 || fail "something is left in /dev or /proc of the disk"
  mount --bind /dev "$root/dev" # what looks inside needs /dev/null
  has_module_of "$version" "$kernel"
  ! in_root find "/lib/modules/$cloud_kernel" -name 'nvidia*.ko*' | grep . >&2 || fail "a module was built for $cloud_kernel"
  in_root test -L /etc/systemd/system/multi-user.target.wants/nvidia-persistenced.service ||
    fail "the persistence daemon is not enabled"
  in_root lsinitramfs "/boot/initrd.img-$kernel" >"$work/initramfs"
  grep -F nvidia-blacklists-nouveau.conf "$work/initramfs" >&2 || fail "the initramfs of $kernel does not keep nouveau away"
  umount "$root/dev"
  [ ! -e "$root/usr/sbin/policy-rc.d" ] || fail "the policy of the run is left"
  ! grep -F " $root/" /proc/mounts >&2 || fail "something is still mounted"
  machine_files >"$work/machine.after"
  same "$work/machine.before" "$work/machine.after" "this machine was changed"
  writes_nothing outside apply --gpu H100 --kernel "$kernel" -y
}

# DKMS builds for the kernel that runs and for the newest one; to it this machine's looks installed on the disk.
it_builds_the_module_for_every_kernel_of_a_disk() {
  a_disk_with_two_kernels linux-headers-amd64 linux-headers-cloud-amd64
  mkdir "$root/lib/modules/$(uname -r)"
  expect 0 outside apply --gpu T4 -y
  local version
  version=$(in_root dpkg-query -W -f '${source:Upstream-Version}' nvidia-kernel-dkms)
  has_module_of "$version" "$kernel"
  has_module_of "$version" "$cloud_kernel"
}
