# shellcheck shell=bash
# The GPUs of the catalog against the lists in Debian's own packages, fetched from this machine's archive.
# shellcheck disable=SC2154

# in_archive APT-PROGRAM WORD...: with the archive's contrib and non-free of two releases, and nothing of this machine.
in_archive() {
  "$1" -o Dir::Etc::sourcelist="$work/apt/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State::lists="$work/apt/lists" \
    -o Dir::Cache="$work/apt/cache" -o APT::Default-Release=trixie -o APT::Sandbox::User=root -q "${@:2}"
}

it_accounts_for_every_difference_to_what_others_publish() {
  [ "$(id -u)" = 0 ] || skip "needs root"
  local archive package codename
  # shellcheck source=tests/e2e/lib.sh
  archive=$(suite=12 codename=bookworm; source "$top/tests/e2e/lib.sh" && machine_mirrors | sed -n 1p)
  [ -n "$archive" ] || skip "this machine's apt names no Debian archive"
  mkdir -p "$work/apt/lists/partial" "$work/apt/cache/archives/partial" "$work/debs" "$work/unpacked"
  for codename in bookworm trixie; do
    echo "deb $archive $codename main contrib non-free non-free-firmware"
  done >"$work/apt/sources.list"
  in_archive apt-get update >&2 || skip "the archive does not answer"
  (cd "$work/debs" && in_archive apt-get download pci.ids nvidia-detect nvidia-driver nvidia-tesla-535-driver nvidia-tesla-470-driver) >&2
  for package in "$work"/debs/*.deb; do
    dpkg -x "$package" "$work/unpacked/$(dpkg-deb -f "$package" Package)"
  done
  expect 0 "$top/scripts/cross-check" "$work/unpacked"
  answers ', 0 not accounted for'
  # A GPU marked open-capable that cannot be is found.
  cp -r "$top/manifests" "$top/scripts" "$work"
  mkdir -p "$work/tests/data"
  cp "$top/tests/data/cross_checks.json" "$work/tests/data"
  jq '(.gpus[] | select(.device_id == "1b38") | .modules) = "either"' "$top/manifests/gpus.json" >"$work/manifests/gpus.json"
  expect 1 "$work/scripts/cross-check" "$work/unpacked"
  answers 'supported-gpus.json, 550: open by us, not there: 1b38'
}
