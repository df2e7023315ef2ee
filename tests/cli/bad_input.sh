# shellcheck shell=bash
# Input that cannot be used: the exit code, what is wrong, and what to write instead.
# shellcheck disable=SC2154,SC2016

plan_t4() { expect "$1" "$nvprov" plan --distro debian-12 --offline --gpu T4 "${@:2}"; }

it_suggests_the_profile_meant() {
  plan_t4 2 --profile runtim-only
  complains 'did you mean `runtime-only`'
}
it_suggests_the_flag_meant() {
  plan_t4 2 --ofline
  complains 'did you mean `--offline`'
}
it_says_what_export_writes() {
  expect 2 "$nvprov" export
  complains '`nvprov export` needs a format'
  expect 2 "$nvprov" export tarball
  complains 'cloud-init, dockerfile, shell'
}
it_exports_no_dockerfile_for_a_host() {
  expect 2 "$nvprov" export dockerfile --target host --gpu T4 --offline
  complains 'is for a host'
}
it_suggests_the_command_meant() {
  expect 2 "$nvprov" plna
  complains 'did you mean `plan`'
}
it_wants_version_beside_licenses() {
  expect 2 "$nvprov" --licenses
  complains '`--licenses` goes with `--version`'
  complains 'nvprov --version --licenses'
}
it_suggests_the_gpu_meant() {
  plan_t4 2 --gpu H10O
  complains 'did you mean `H100`'
}
it_suggests_the_distribution_meant() {
  expect 2 "$nvprov" plan --distro debain-12 --gpu T4
  complains 'did you mean `debian-12`'
}
it_suggests_the_library_meant() {
  plan_t4 2 --libraries cubla
  complains 'did you mean `cublas`'
}
it_knows_no_cuda_that_does_not_exist() {
  plan_t4 2 --cuda 12.99
  complains 'no CUDA release `12.99`'
}
it_offers_no_cuda_the_source_lacks() {
  plan_t4 3 --source distro --cuda 13.0
  complains 'does not offer CUDA 13.0'
}
it_names_what_would_help_where_no_driver_serves_the_gpu() {
  expect 3 "$nvprov" plan --distro debian-12 --offline --source distro --gpu B200
  complains B200
  complains 'what would help'
}
it_names_each_gpu_where_none_goes_with_the_other() {
  expect 3 "$nvprov" plan --distro debian-13 --offline --gpu V100 --gpu B200
  complains V100
  complains B200
}
it_asks_for_a_gpu_where_there_is_none() {
  expect 3 "$nvprov" plan --distro debian-12 --offline
  complains --gpu
}
it_wants_the_cuda_release_of_an_image_named() {
  expect 2 "$nvprov" plan --distro debian-12 --offline --target image
  complains --cuda
}
it_takes_one_machine_at_a_time() {
  plan_t4 2 --root /
  complains '`--root`'
}
it_takes_no_folder_for_a_disk_that_is_none() {
  local folder
  mkdir -p "$work/empty"
  : >"$work/file"
  for folder in '' "$work/missing" "$work/file" "$work/empty" /proc; do
    expect 2 "$nvprov" plan --root "$folder" --gpu T4
    complains "--root ${folder:-''}"
    expect 2 "$nvprov" detect --root "$folder"
  done
}
# What an empty variable in `--root "$disk/"` makes of it.
it_takes_this_machine_for_no_disk() {
  local folder
  ln -sfn / "$work/here"
  for folder in / // /. "$work/here"; do
    expect 2 "$nvprov" apply --root "$folder" --gpu T4 -y
    complains 'the machine nvprov runs on'
  done
}
it_finds_no_system_in_an_empty_folder() {
  expect 2 "$nvprov" plan --root "$work" --gpu T4
  complains 'holds no system'
}

it_prints_one_document_in_json_when_it_fails() {
  plan_t4 2 --profile runtim-only --json
  jq -e '.error.kind == "usage"' "$work/out" >&2
  plan_t4 3 --source distro --cuda 13.0 --json
  jq -e '.conflicts | length > 0' "$work/out" >&2
  expect 2 "$nvprov" plna --json
  jq -e '.error.message' "$work/out" >&2
}

# --- data of one's own ---

it_names_every_problem_of_broken_data_at_once() {
  mkdir -p "$work/data/manifests/drivers" "$work/data/manifests/profiles"
  cat >"$work/data/manifests/drivers/999.json" <<'END'
{
  "schema": "nvprov.driver/1",
  "sources": {"s": {"title": "invented", "url": "https://www.example.org/"}},
  "branch": "999", "branch": "998", "typ": "production", "cuda": 13, "end_of_life": null,
  "oldest_architecture": "Turnig", "newest_architecture": "Blackwell",
  "has_proprietary_module": true, "has_open_module": true, "source": ["s"], "releases": []
}
END
  echo '{"schema": "nvprov.profile/1",' >"$work/data/manifests/profiles/broken.json"
  plan_t4 2 --data "$work/data"
  complains 'manifests/drivers/999.json: /branch: the key stands twice'
  complains 'did you mean `type`'
  complains '/cuda: expected a string'
  complains 'did you mean `Turing`'
  complains manifests/profiles/broken.json
}

it_names_a_reference_to_nothing() {
  mkdir -p "$work/data/manifests/drivers"
  sed 's/"newest_architecture": "[A-Za-z ]*"/"newest_architecture": "Turnig"/; s/"branch": "580"/"branch": "581"/' \
    "$top/manifests/drivers/580.json" >"$work/data/manifests/drivers/581.json"
  plan_t4 2 --data "$work/data"
  complains manifests/drivers/581.json
  complains /newest_architecture
}

# --- saved plans ---

saved_plan() {
  expect 0 "$nvprov" plan --distro debian-12 --offline --gpu T4 --json
  cp "$work/out" "$work/plan.json"
}
apply_saved() { expect "$1" "$nvprov" apply "$work/plan.json" -y; }

it_refuses_a_plan_file_of_a_newer_form() {
  saved_plan
  sed -i 's|"nvprov.plan/2"|"nvprov.plan/3"|' "$work/plan.json"
  apply_saved 2
  complains nvprov.plan/3
}
it_refuses_a_plan_file_cut_short() {
  saved_plan
  truncate -s 1000 "$work/plan.json"
  apply_saved 2
  complains plan.json
}
it_refuses_a_plan_file_with_a_field_nobody_knows() {
  saved_plan
  sed -i '0,/"request": {/s//"request": {"profle": "deploy",/' "$work/plan.json"
  apply_saved 2
  complains profle
}
it_refuses_a_plan_file_with_a_kind_of_step_nobody_knows() {
  saved_plan
  sed -i 's/"kind": "refresh-metadata"/"kind": "run-command"/' "$work/plan.json"
  apply_saved 2
  complains run-command
}
it_misses_a_plan_file_that_is_not_there() {
  apply_saved 2
  complains 'no plan file'
}
it_reads_no_broken_facts() {
  echo '{"schema": "nvprov.facts/1", "os": 12}' >"$work/facts.json"
  expect 2 "$nvprov" plan --facts "$work/facts.json"
  complains facts.json
  complains /os
}
it_says_where_a_plan_cannot_be_saved() {
  plan_t4 1 -o /proc/nvprov/plan.json
  complains /proc/nvprov
}

# --- the network ---

it_refuses_a_mirror_without_https() {
  plan_t4 2 --mirror https://a.example.org=http://b.example.org
  complains 'use https'
  plan_t4 2 --mirror https://a.example.org
  complains 'FROM=TO'
}
it_refuses_a_key_that_is_not_a_whole_fingerprint() {
  plan_t4 2 --mirror https://a.example.org=https://b.example.org --mirror-key F796ECB0
  complains '40 hex digits'
  plan_t4 2 --mirror-key C95B321B61E88C1809C4F759DDCAE044F796ECB0
  complains '`--mirror`'
}
it_refuses_a_proxy_it_cannot_use_and_keeps_its_password() {
  plan_t4 2 --proxy ftp://user:secret@proxy.example.org
  complains 'socks5h'
  if grep -q secret "$work/err"; then fail 'the password is in the message'; fi
  https_proxy=socks4://proxy plan_t4 2
  complains https_proxy
}
it_misses_a_file_of_certificates() {
  plan_t4 2 --ca-file "$work/none.pem"
  complains 'no such file'
}
it_lists_how_the_network_is_reached_as_inputs() {
  plan_t4 0 --proxy http://user:secret@proxy.example.org:3128 --mirror https://a.example.org=https://b.example.org --json
  jq -e '.inputs | index("proxy http://***@proxy.example.org:3128") != null' "$work/out" >&2
  jq -e '.inputs | index("mirror https://b.example.org for https://a.example.org") != null' "$work/out" >&2
}
it_says_what_to_do_on_a_distribution_it_installs_nothing_on() {
  expect 3 "$nvprov" plan --distro sles-15 --offline --gpu T4
  complains 'nvprov installs nothing on SUSE Linux Enterprise Server 15'
  complains 'zypper'
  expect 3 "$nvprov" plan --distro jetson --offline --gpu T4 --json
  jq -e '.. | objects | select(.reason? == "distro-not-supported") | .sources | length > 0' "$work/out" >&2
}
it_knows_a_board_by_its_mark_whatever_its_os_release_says() {
  mkdir -p "$work/board/etc"
  printf '%s\n' 'ID=ubuntu' 'VERSION_ID="22.04"' 'PRETTY_NAME="Ubuntu 22.04.5 LTS"' >"$work/board/etc/os-release"
  : >"$work/board/etc/nv_tegra_release"
  expect 0 "$nvprov" detect --root "$work/board"
  answers 'nvidia-jetpack'
  expect 3 "$nvprov" plan --root "$work/board" --gpu T4
  complains 'nvprov installs nothing on NVIDIA Jetson Linux'
  [ "$(id -u)" != 0 ] || expect 3 "$nvprov" apply -y --root "$work/board" --gpu T4
}
it_refuses_an_image_that_would_be_an_option() {
  expect 2 "$nvprov" verify --image=--privileged
  complains '`--privileged` is no name of an image'
  expect 2 "$nvprov" verify --image ubuntu:24.04 --level cuda
  complains '`--image` is for containers'
  expect 2 "$nvprov" verify --image ubuntu:24.04 --root "$top/tests/hosts/debian12-t4/root"
  complains 'a disk that does not run starts none'
}
it_names_the_levels_there_are() {
  expect 2 "$nvprov" verify --level gpu
  complains '`--level` takes no `gpu`'
  complains 'container, cuda, driver, files'
  expect 2 "$nvprov" verify --root "$work/nothing"
  complains 'holds no system'
}
