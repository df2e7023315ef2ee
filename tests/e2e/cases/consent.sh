# shellcheck shell=bash
# What apply does only when told to, and saved plans.
# shellcheck disable=SC2154

# Builds and installs a package of this site: install_local NAME VERSION [CONTROL FIELD]...
install_local() {
  local folder=$work/local
  rm -rf "$folder"
  mkdir -p "$folder/DEBIAN"
  printf '%s\n' "Package: $1" "Version: $2" 'Architecture: amd64' 'Maintainer: test <test@example.org>' \
    "${@:3}" 'Description: a package of this site' >"$folder/DEBIAN/control"
  dpkg-deb --build --root-owner-group "$folder" "$root/tmp/local.deb" >&2
  in_root dpkg -i /tmp/local.deb >&2
}
install_a_conflicting_package() { install_local local-gpu-library 1.0 'Conflicts: nvidia-smi'; }

# Installs and holds an older driver library: the release's own where its security archive has a newer one.
hold_an_older_library() {
  use_sources one-line
  sed -i 's/ main$/ main contrib non-free/' "$root/etc/apt/sources.list"
  in_root apt-get -qq update
  if [ "$(in_root apt-cache madison libcuda1 | wc -l)" -gt 1 ]; then
    install_in_root -t "$codename" libcuda1 >&2
  else
    install_local libcuda1 1.0 'Multi-Arch: same'
  fi
  in_root apt-mark hold libcuda1 >&2
}

it_removes_nothing_without_consent() {
  install_a_conflicting_package
  remember_host
  expect 3 apply
  complains --allow-removals
  complains local-gpu-library
  host_is_as_before
}

it_changes_no_held_package_without_consent() {
  hold_an_older_library
  remember_host
  expect 3 apply
  complains --allow-held
  complains libcuda1
  host_is_as_before
}

it_applies_a_saved_plan_with_every_consent_it_needs() {
  install_a_conflicting_package
  hold_an_older_library
  expect 3 plan -o /root/plan.json
  expect 3 in_root nvprov apply /root/plan.json -y --allow-held
  complains --allow-removals
  expect 0 in_root nvprov apply /root/plan.json -y --allow-held --allow-removals
  the_driver_is_there
  packages >"$work/packages"
  ! grep '^ii.* local-gpu-library ' "$work/packages" >&2 || fail "the conflicting package is still there"
  [ "$(awk '$2 == "libcuda1" || $2 == "nvidia-smi" { print $3 }' "$work/packages" | sort -u | wc -l)" = 1 ] ||
    fail "more than one driver version"
}

it_refuses_a_saved_plan_once_the_host_has_changed() {
  expect 0 plan -o /root/plan.json
  in_root apt-get -qq update
  install_in_root pciutils
  remember_host
  expect 4 in_root nvprov apply /root/plan.json -y
  says pciutils
  host_is_as_before
}

it_refuses_a_saved_plan_with_a_step_it_would_not_make() {
  expect 0 plan -o /root/plan.json
  jq '(.steps[] | select(.kind == "write-file")).path = "/etc/cron.d/surprise"' "$root/root/plan.json" >"$work/forged"
  cp "$work/forged" "$root/root/plan.json"
  remember_host
  expect 4 in_root nvprov apply /root/plan.json -y
  host_is_as_before
}

it_takes_no_consent_from_a_saved_plan() {
  install_a_conflicting_package
  expect 3 plan -o /root/plan.json
  there /root/plan.json
  remember_host
  expect 3 in_root nvprov apply /root/plan.json -y
  complains --allow-removals
  host_is_as_before
}

it_shows_and_does_nothing_on_a_dry_run() {
  remember_host
  expect 0 in_root nvprov apply --gpu T4 --source distro -n
  answers libcuda1
  host_is_as_before
}

it_does_not_ask_where_there_is_no_terminal() {
  remember_host
  expect 2 in_root nvprov apply --gpu T4 --source distro
  complains -y
  host_is_as_before
}
