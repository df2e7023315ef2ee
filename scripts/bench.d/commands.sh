# shellcheck shell=bash
# The resolver alone, and whole commands that ask no repository. Used by scripts/bench after measure.sh.
# shellcheck disable=SC2154

bench_resolver() {
  "$top/build/bench/nvprov_bench" --benchmark_format=csv 2>/dev/null | sed -n '/^name/,$p' | tr -d '"' |
    awk -F, 'NR > 1 { printf "resolve %-40s %8.3f ms cpu%s\n", $1, $4, $1 ~ /^answer/ ? " (aim 1)" : "" }'
}

# What `plan --offline` takes beside apt, for the same question.
bench_offline_plan() {
  local wanted added
  new_root "$base"
  expect 0 plan --json
  mapfile -t wanted < <(field '.closure.packages[] | select(.requested) | .name')
  # The same question for both: apt gets the sources the plan would add, and fresh lists.
  added=$(field '.steps[] | select(.kind == "add-repository") | .path')
  field '.steps[] | select(.kind == "add-repository") | .content' >"$root$added"
  in_root apt-get -qq update
  expect 0 plan
  measure plan "${root_shell[@]}" "${program[@]}" plan --offline --gpu T4 --source distro
  measure apt "${root_shell[@]}" apt-get -s install --no-install-recommends "${wanted[@]}"
  row "nvprov plan --offline --gpu T4 --source distro" plan
  row "apt-get -s install (${#wanted[@]} packages)" apt
  paste -d ' ' "$folder/plan" "$folder/apt" | awk '{ printf "plan takes 1/%.1f of the wall and 1/%.1f of the cpu time (aim 1/20), %.1f MiB (aim 32)\n", $4 / $1, $5 / $2, $3 / 1024 }'
  remove_root
}

# Loading the catalog: what a command that needs it takes beyond one that does not.
bench_catalog() {
  measure start "$nvprov" --version
  measure loaded "$nvprov" matrix --driver 580 --cuda 12.4 --csv
  row "nvprov --version" start
  row "nvprov matrix --driver 580 --cuda 12.4 --csv" loaded
  paste -d ' ' "$folder/start" "$folder/loaded" | awk '{ printf "the catalog takes %.1f ms of cpu time (aim about 1), %.1f times a start without it\n", $5 - $2, $5 / $2 }'
}

# A PCI bus with as many T4s as asked for, at /sys/bus/pci of this process alone.
use_devices() {
  local count=$1 i device
  mkdir -p "$folder/pci$1/devices"
  for ((i = 0; i < count; ++i)); do
    device=$folder/pci$1/devices/$(printf '0000:%02x:%02x.0' $((i / 16 + 1)) $((i % 16)))
    mkdir "$device"
    echo 0x10de >"$device/vendor"
    echo 0x1eb8 >"$device/device"
    echo 0x030200 >"$device/class"
    echo 0x10de >"$device/subsystem_vendor"
    echo 0x12a2 >"$device/subsystem_device"
  done
  mount --bind "$folder/pci$1" /sys/bus/pci
}
bench_devices() {
  use_devices 0
  measure none "$nvprov" detect --json
  umount /sys/bus/pci
  use_devices 72
  measure many "$nvprov" detect --json
  [ "$("$nvprov" detect --json | jq '.gpus | length')" = 72 ] || die "detect does not see the 72 devices"
  umount /sys/bus/pci
  row "nvprov detect, no device" none
  row "nvprov detect, 72 devices" many
  paste -d ' ' "$folder/none" "$folder/many" | awk '{ printf "72 devices cost %.1f ms of process time (aim 10)\n", $5 - $2 }'
}

# measure_fleet NAME FOLDER: puts "wall cpu peak" as above and "hosts planning" (nanoseconds of processor time beside
# reading and parsing) into $folder/NAME. One run of seconds, after one that fills the page cache.
measure_fleet() {
  local name=$1
  "$nvprov" plan --facts-dir "$2" --json >/dev/null 2>&1 || true
  /usr/bin/time -q -f '%e %U %S %M' -o "$folder/times" "$nvprov" plan --facts-dir "$2" --json -v >/dev/null 2>"$folder/cost" || true
  local hosts planning
  hosts=$(sed -n 's/^\([0-9]*\) hosts, .*/\1/p' "$folder/cost")
  planning=$(sed -n 's/.* planning \([0-9.]*\) s$/\1/p' "$folder/cost")
  [ -n "$hosts" ] || die "no hosts were planned: $(tail -n 1 "$folder/cost")"
  awk -v hosts="$hosts" -v planning="$planning" '{ print $1 * 1000, ($2 + $3) * 1000, $4, hosts, planning * 1000 }' "$folder/times" >"$folder/$name"
}
fleet_row() {
  row "nvprov plan --facts-dir, $1" "$2"
  awk '{ cpu = $2 > 0 ? $2 : 1; planning = $5 > 0 ? $5 : 1
    printf "  %.0f hosts a second and core, %.0f from facts already read (aim 2,000)\n", $4 * 1000 / cpu, $4 * 1000 / planning }' "$folder/$2"
}
bench_fleet() {
  local count
  for count in 100 1000 10000; do
    "$top/scripts/make-fleet" "$folder/fleet$count" $count
    measure_fleet "hosts$count" "$folder/fleet$count"
    fleet_row "$count hosts" "hosts$count"
  done
  paste -d ' ' "$folder/hosts1000" "$folder/hosts10000" | awk '{ printf "10,000 hosts cost %.1f times the cpu of 1,000 (aim 10) and %.2f times the memory (aim 1)\n", $7 / $2, $8 / $3 }'
  "$top/scripts/make-fleet" --packages 500 "$folder/fleet-packages" 1000
  measure_fleet packages "$folder/fleet-packages"
  fleet_row "1,000 with 500 packages more" packages
  "$top/scripts/make-fleet" --packages 500 --unlike "$folder/fleet-unlike" 1000
  measure_fleet unlike "$folder/fleet-unlike"
  fleet_row "the same, no two alike" unlike
  paste -d ' ' "$folder/packages" "$folder/unlike" | awk '{ printf "planning equal facts once saves %.0f %% of the cpu time\n", 100 * (1 - $2 / $7) }'
}
