# shellcheck shell=bash
# Whether the stack works: Debian's own driver with its real nvidia-smi and libcuda, on a machine without a GPU. Where one
# is needed, the files of /sys that show a T4 and a loaded module are the test's.
# shellcheck disable=SC2154,SC2016

from_the_root_with_a_driver() {
  [ -d "$work/applied" ] || fail "the first apply did not succeed"
  remove_root
  new_root "$work/applied"
}

driver_version() { packages | sed -n 's/^ii  *libcuda1 \([0-9.]*\)-.*/\1/p'; }

# What every script on a machine with a GPU begins with; VERSION is of the module that is loaded.
gpu_begins='
set -e
mount -t tmpfs none /sys/bus/pci/devices
gpu=/sys/bus/pci/devices/0000:3b:00.0
mkdir $gpu
for file in vendor=0x10de device=0x1eb8 class=0x030200 subsystem_vendor=0x10de subsystem_device=0x12a2; do
  echo "${file#*=}" >"$gpu/${file%=*}"
done
ln -s ../../drivers/nvidia $gpu/driver
mount -t tmpfs none /sys/module
mkdir /sys/module/nvidia
echo "$VERSION" >/sys/module/nvidia/version
'
on_machine_with_gpu() {
  in_root sh -c 'command -v mount' >/dev/null || install_in_root mount
  on_machine env VERSION="${version:-$(driver_version)}" bash -c "$gpu_begins$1"
}

it_verify_finds_no_fault_in_files_apply_has_brought() {
  from_the_root_with_a_driver
  expect 0 in_root nvprov verify --json
  jq -e '[.results[] | "\(.subject) \(.outcome) \(.reason)"] == ["packages ok null", "contents ok null",
    "module not-checked disk-only", "cuda not-checked disk-only", "container not-checked disk-only"]' "$work/out" >&2
  # From outside of it, too.
  expect 0 "$nvprov" verify --root "$root" --level files
  answers 'it works'
}

it_verify_names_a_library_that_was_overwritten_and_one_that_is_gone() {
  from_the_root_with_a_driver
  local library smi
  library=$(in_root sh -c 'readlink -f /usr/lib/*/libcuda.so.1')
  smi=$(in_root readlink -f /usr/bin/nvidia-smi)
  echo changed >>"$root$library"
  rm "$root$smi"
  expect 4 in_root nvprov verify --json
  jq -e --arg library "$library" --arg smi "$smi" '[.results[] | select(.subject == "contents") | .findings[]
    | "\(.check) \(.subject)"] | sort == (["content-changed \($library)", "content-missing \($smi)"] | sort)' "$work/out" >&2
}

it_verify_asks_the_real_nvidia_smi_and_starts_the_real_libcuda() {
  from_the_root_with_a_driver
  expect 4 on_machine_with_gpu 'nvprov verify --json'
  jq -e '[.results[] | .subject as $subject | .findings[] | "\($subject) \(.check)"]
    == ["management smi-failed", "cuda cuda-no-device"]' "$work/out" >&2
  jq -e '.results[] | select(.subject == "management") | .findings[0].found | contains("NVIDIA driver")' "$work/out" >&2
  jq -e '.results[] | select(.subject == "cuda") | .findings[0].found == "CUDA_ERROR_NO_DEVICE (100)"' "$work/out" >&2
}

it_verify_tells_a_restart_that_is_due_from_an_old_module() {
  from_the_root_with_a_driver
  local version=99.9.0
  expect 4 on_machine_with_gpu 'nvprov verify --level driver'
  answers "driver 99.9.0 is loaded, and the libraries are of $(driver_version)"
  # As depmod leaves it when a module comes.
  expect 0 on_machine_with_gpu 'install -D /dev/null "/lib/modules/$(uname -r)/modules.dep"
    nvprov verify --level driver'
  answers 'not verified yet: restart the machine'
  expect 6 on_machine_with_gpu 'nvprov verify --level driver --detailed-exitcode'
}

it_verify_says_what_it_cannot_check_without_a_driver_or_a_gpu() {
  install_in_root mount
  expect 0 on_machine bash -c 'mount -t tmpfs none /sys/bus/pci/devices && nvprov verify'
  answers 'there is no NVIDIA GPU here'
  expect 4 on_machine_with_gpu 'rm -r /sys/module/nvidia; nvprov verify'
  answers 'there is no driver for the'
  answers 'sudo nvprov apply'
}
