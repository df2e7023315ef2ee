# shellcheck shell=bash
# Scripts made from a plan do what apply does.
# shellcheck disable=SC2154

set_debian_cuda

# Runs `nvprov export shell` with these arguments, then the script; what it leaves is $work/exported.
run_exported_script() {
  expect 0 in_root nvprov export shell "$@" -o /root/nvprov.sh
  expect 0 in_root /root/nvprov.sh
  rm "$root/root/nvprov.sh"
  contents >"$work/exported"
}

it_export_puts_the_same_libraries_into_an_image() {
  local what=(--target image --cuda "$debian_cuda" --source distro)
  run_exported_script "${what[@]}"
  packages >"$work/exported.packages"
  remove_root
  new_root "$base"
  expect 0 in_root nvprov apply "${what[@]}" -y
  contents >"$work/applied.contents"
  packages >"$work/applied.packages"
  same "$work/applied.packages" "$work/exported.packages" "other packages"
  same "$work/applied.contents" "$work/exported" "other files"
}

it_export_stops_on_another_system() {
  expect 0 in_root nvprov export shell --target image --cuda "$debian_cuda" --source distro -o /root/nvprov.sh
  sed -i 's/^VERSION_ID=.*/VERSION_ID="99"/' "$root/etc/os-release"
  remember_host
  expect 4 in_root /root/nvprov.sh
  complains 'debian 99'
  host_is_as_before
}

it_export_stops_where_a_version_is_gone() {
  expect 0 in_root nvprov export shell --target image --cuda "$debian_cuda" --source distro -o /root/nvprov.sh
  sed -i "s/$debian_cudart=[^ ]*/$debian_cudart=99.9.0/" "$root/root/nvprov.sh"
  expect 100 in_root /root/nvprov.sh
  complains 99.9.0
}

it_export_writes_no_script_without_exact_versions() {
  expect 3 in_root nvprov export shell --gpu T4 --source distro --offline --hold none --cuda none
  complains 'exact packages'
}

it_export_takes_a_saved_plan() {
  expect 0 in_root nvprov plan --target image --cuda "$debian_cuda" --source distro -o /root/plan.json
  expect 0 in_root nvprov export dockerfile /root/plan.json
  answers 'ENV NVIDIA_VISIBLE_DEVICES=all'
  answers "$debian_cudart="
  expect 2 in_root nvprov export cloud-init /root/plan.json
  expect 2 in_root nvprov export dockerfile /root/plan.json --cuda 12.4
  expect 2 in_root nvprov export tarball
  complains shell
}
