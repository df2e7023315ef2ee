# shellcheck shell=bash
# What `nvprov plan` chooses, refuses and says of what it did not choose.
# shellcheck disable=SC2154,SC2016

on=(plan --offline --distro ubuntu-22.04)

it_names_what_does_not_go_together() {
  expect 3 "$nvprov" "${on[@]}" --gpu P40 --cuda 13.0
  complains 'these do not go together: Tesla P40 and CUDA 13.0'
  complains 'CUDA 13.0 no longer runs on Tesla P40'
  complains '--cuda 12.9'
  expect 3 "$nvprov" "${on[@]}" --gpu P40 --cuda 13.0 --json
  jq -e '[.requirements[] | [.kind, .subject]] == [["gpu", "Tesla P40"], ["cuda", "13.0"]]
    and .remedies[0].changes == [{action: "choose-cuda", value: "12.9"}]' "$work/out" >&2
}
# What a remedy says to type is typed: it has to do what it says.
it_offers_only_what_works() {
  local request remedies line
  for request in '--gpu P40 --cuda 13.0' '--gpu T4 --driver 535 --cuda 13.0' '--gpu T4 --driver 580 --source distro' \
    '--gpu V100 --module open' '--gpu V100 --cuda 11.8,13.0' \
    '--gpu T4 --driver 535 --strict'; do
    # shellcheck disable=SC2086
    expect 3 "$nvprov" "${on[@]}" $request --json
    mapfile -t remedies < <(jq -r '.remedies[] | select([.changes[].action] | all(. == "choose-cuda" or . == "choose-driver"
      or . == "choose-module" or . == "use-source" or . == "leave-out-cuda" or . == "with"))
      | [.changes[] | {"choose-cuda": "--cuda", "leave-out-cuda": "--cuda", "choose-driver": "--driver",
        "choose-module": "--module", "use-source": "--source", "with": "--with"}[.action] + " " + .value] | join(" ")' "$work/out")
    [ ${#remedies[@]} -gt 0 ]
    for line in "${remedies[@]}"; do
      # The flag takes the place of the one that was typed.
      local words=() flag
      read -ra words <<<"$request"
      for ((i = 0; i < ${#words[@]}; ++i)); do
        flag=${words[i]:-}
        case " $line " in *" $flag "*) [ "$flag" = --with ] || words[i]='' words[i + 1]='' ;; esac
      done
      # shellcheck disable=SC2086,SC2048
      expect 0 "$nvprov" "${on[@]}" ${words[*]} $line
    done
  done
}
it_takes_several_cuda_releases_and_a_range() {
  expect 0 "$nvprov" "${on[@]}" --gpu A100 --cuda 11.8,12.4 --json
  jq -e '[.resolution.cuda[].release] == ["11.8", "12.4"]
    and ([.closure.packages[].name] | index("cuda-cudart-11-8") and index("cuda-cudart-12-4"))' "$work/out" >&2
  expect 0 "$nvprov" "${on[@]}" --gpu A100 --cuda 11.8 --cuda 12.4 --json
  jq -e '.resolution.cuda | length == 2' "$work/out" >&2
  expect 0 "$nvprov" "${on[@]}" --gpu A100 --cuda '>=12.4 <12.9' --json
  jq -e '[.resolution.cuda[] | [.release, .support]] == [["12.8", "full"]]' "$work/out" >&2
}
it_tells_four_answers_of_cuda_on_a_driver_apart() {
  local driver
  for driver in '580 13.0 full' '535 12.4 minor-version'; do
    read -r branch release support <<<"$driver"
    expect 0 "$nvprov" "${on[@]}" --gpu T4 --driver "$branch" --cuda "$release" --json
    jq -e --arg support "$support" '.resolution.cuda[0].support == $support' "$work/out" >&2
  done
  expect 0 "$nvprov" "${on[@]}" --gpu T4 --driver 535 --cuda 12.4
  answers 'code shipped only as PTX do not work'
  expect 0 "$nvprov" "${on[@]}" --gpu T4 --driver 535 --cuda 13.0 --with compat --json
  jq -e '.resolution.cuda[0] | .support == "forward" and .compat_package == "cuda-compat-13-0"' "$work/out" >&2
  expect 3 "$nvprov" "${on[@]}" --gpu T4 --driver 535 --cuda 13.0
  complains 'add a compatibility package'
  expect 3 "$nvprov" "${on[@]}" --gpu 'RTX 4090' --driver 535 --cuda 13.0 --with compat
  complains 'programs would get error 804'
}
it_adds_cudnn_at_its_exact_version() {
  expect 0 "$nvprov" "${on[@]}" --gpu A100 --cuda 12.4 --with cudnn=9.1 --json
  jq -e '[.steps[] | select(.kind == "install-packages") | .packages[] | select(.name == "libcudnn9-cuda-12") | .version] == ["9.1.1.17-1"]
    or [.resolution.additions[].version] == ["9.1.1"]' "$work/out" >&2
  expect 0 "$nvprov" "${on[@]}" --gpu A100 --cuda 12.4 --with nccl --json
  jq -e '.resolution.additions[0].packages[0] | .name == "libnccl2" and (.version | contains("+cuda12."))' "$work/out" >&2
}
it_adds_what_the_driver_can_do_beside_computing() {
  expect 0 "$nvprov" "${on[@]}" --gpu A100 --with video,graphics --json
  jq -e '.resolution.driver | .add_ons == ["video", "graphics"] and (.packages | contains(["libnvidia-encode-580", "libnvidia-gl-580"]))' "$work/out" >&2
  jq -e '[.resolution.left_out[].ask] | contains(["--with desktop"]) and (contains(["--with video"]) | not)' "$work/out" >&2
  expect 0 "$nvprov" "${on[@]}" --gpu A100 --with desktop
  answers 'add-ons  desktop'
  expect 3 "$nvprov" "${on[@]}" --target image --cuda 12.4 --with video
  complains NVIDIA_DRIVER_CAPABILITIES
  complains 'do without --with video; then: CUDA 12.4'
  expect 2 "$nvprov" "${on[@]}" --gpu A100 --with vidoe
  complains 'did you mean `video`?'
}
it_answers_why_not() {
  expect 0 "$nvprov" "${on[@]}" --gpu P40 --why-not 595
  answers 'driver 595 cannot be chosen here'
  answers 'these do not go together: Tesla P40 and driver 595'
  answers 'branch 580 is the last that'
  expect 0 "$nvprov" "${on[@]}" --gpu T4 --why-not 595
  answers 'driver 595 would do, but'
  answers '--driver 595'
  expect 0 "$nvprov" "${on[@]}" --gpu T4 --why-not cuda=13.4
  answers 'asked for it would be:'
  expect 0 "$nvprov" "${on[@]}" --gpu T4 --why-not 580
  answers 'driver 580 is what the plan takes'
  expect 0 "$nvprov" "${on[@]}" --gpu P40 --why-not module=open --json
  jq -e '.schema == "nvprov.why-not/1" and .kind == "module" and (.refusal.requirements | length) == 2' "$work/out" >&2
  expect 2 "$nvprov" "${on[@]}" --gpu T4 --why-not 999
  complains 'there is no driver `999`'
  expect 2 "$nvprov" "${on[@]}" --gpu T4 --why-not colour=red
  complains 'names nothing that could have been chosen'
}
it_explains_a_choice_with_all_that_was_looked_at() {
  expect 0 "$nvprov" "${on[@]}" --gpu T4 --explain
  answers 'Would do as well, and comes after it'
  answers '`--driver 595` takes it'
  answers 'Looked at first and not taken'
  answers 'see '
}
it_refuses_what_is_over_only_when_told_to() {
  expect 0 "$nvprov" "${on[@]}" --gpu T4 --driver 535
  answers 'support of driver 535'
  expect 3 "$nvprov" "${on[@]}" --gpu T4 --driver 535 --strict
  complains 'support of driver branch 535 ended on'
}
it_adds_tools_that_are_asked_for() {
  local develop=(--gpu A100 --profile develop --cuda 12.4)
  expect 0 "$nvprov" "${on[@]}" "${develop[@]}"
  answers 'ask for it with `--tools nsight-compute`'
  expect 0 "$nvprov" "${on[@]}" "${develop[@]}" --tools nsight-compute,nsight-systems --json
  jq -e '.resolution.cuda[0].packages | contains(["cuda-nsight-compute-12-4", "cuda-nsight-systems-12-4"])
    and (index("cuda-nvvp-12-4") | not)' "$work/out" >&2
  expect 0 "$nvprov" "${on[@]}" "${develop[@]}" --tools all
  answers 'visual-profiler of CUDA 12.4 brings Java'
  expect 0 "$nvprov" "${on[@]}" "${develop[@]}" --tools all --json
  jq -e '[.steps[] | select(.kind == "install-packages") | .packages[].name]
    | any(test("^cuda(-[0-9]+-[0-9]+|-drivers.*|-runtime-.*|-demo-suite-.*)?$")) | not' "$work/out" >&2
  expect 3 "$nvprov" "${on[@]}" --gpu A100 --profile develop --cuda 13.0 --tools visual-profiler
  complains 'does not offer the tool visual-profiler'
}
it_chooses_the_default_of_two_releases() {
  local both=(--gpu A100 --profile develop --cuda '12.4,12.8')
  expect 0 "$nvprov" "${on[@]}" "${both[@]}" --default-cuda 12.4 --json
  jq -e '(.steps[-1] | .kind == "set-alternative" and .target == "/usr/local/cuda-12.4")
    and (.equivalent | any(. == ["update-alternatives", "--set", "cuda", "/usr/local/cuda-12.4"]))
    and .undo[0] == ["update-alternatives", "--auto", "cuda"]' "$work/out" >&2
  expect 0 "$nvprov" "${on[@]}" "${both[@]}"
  answers '/usr/local/cuda will lead to CUDA 12.8'
  expect 3 "$nvprov" "${on[@]}" "${both[@]}" --default-cuda 12.6
  complains 'neither planned nor installed'
  expect 2 "$nvprov" "${on[@]}" "${both[@]}" --default-cuda 12.44
  complains 'there is no CUDA release `12.44`'
}
it_puts_programs_on_the_search_path_where_asked_to() {
  local develop=(--gpu A100 --profile develop --cuda 12.4)
  expect 0 "$nvprov" "${on[@]}" "${develop[@]}" --profile-d
  answers 'write /etc/profile.d/nvprov-cuda.sh'
  answers 'PATH=/usr/local/cuda/bin'
  expect 2 "$nvprov" "${on[@]}" --gpu A100 --cuda 12.4 --profile-d
  complains 'add `--profile develop`'
  expect 2 "$nvprov" "${on[@]}" "${develop[@]}" --target image --profile-d
  complains 'is for a host'
  expect 0 "$nvprov" plan --offline --distro debian-12 --gpu T4 --profile develop --cuda 11.8 --source distro --profile-d
  answers 'are on the search path already'
}
it_says_what_is_wrong_with_a_request() {
  expect 2 "$nvprov" "${on[@]}" --gpu T4 --cuda '>=12.4,<13'
  complains "'>=12.4 <13'"
  expect 2 "$nvprov" "${on[@]}" --gpu T4 --cuda 12.4,auto
  complains 'stands alone'
  expect 2 "$nvprov" "${on[@]}" --gpu T4 --with cudn
  complains 'did you mean `cudnn`?'
  expect 2 "$nvprov" "${on[@]}" --gpu T4 --with cudnn=new
  complains 'a version is expected after `=`'
  expect 2 "$nvprov" "${on[@]}" --gpu T4 --cuda none --with cudnn
  complains 'leave one of the two out'
  expect 2 "$nvprov" "${on[@]}" --gpu T4 --profile develop --tools nsight-compte
  complains 'did you mean `nsight-compute`?'
  expect 2 "$nvprov" "${on[@]}" --gpu T4 --profile develop --tools cublas
  complains 'there is no tool `cublas`'
  expect 2 "$nvprov" "${on[@]}" --gpu T4 --tools all
  complains 'add `--profile develop`'
  expect 2 "$nvprov" "${on[@]}" --gpu T4 --profile develop --cuda none --tools all
  complains 'leave one of the two out'
  expect 2 "$nvprov" "${on[@]}" --gpu T4 --module opne
  complains 'did you mean `open`?'
}
it_tells_of_a_gpu_that_is_passed_over() {
  local host=(plan --offline --facts "$top/tests/golden/hosts/ubuntu2204-p40.facts.json")
  expect 0 "$nvprov" "${host[@]}" --gpu L4 --driver 615
  answers 'is not among the GPUs named'
  answers 'branch 580 does'
  expect 0 "$nvprov" "${host[@]}" --gpu L4 --gpu P40
  ! grep -q 'not among the GPUs named' "$work/out" || fail 'a GPU that is named is called passed over'
}
it_gives_the_boards_of_a_rack_what_they_need() {
  local tray=(plan --offline --distro ubuntu-24.04 --arch aarch64 --source nvidia --json)
  expect 0 "$nvprov" "${tray[@]}" --gpu GB200
  jq -e '.resolution.driver | (.packages | index("nvidia-imex")) and (.driver_versioned | index("nvidia-imex"))' "$work/out" >&2
  expect 0 "$nvprov" "${tray[@]}" --gpu L4
  jq -e '.resolution.driver.packages | index("nvidia-imex") == null' "$work/out" >&2
}
# Whatever the surroundings, the same bytes: NVPROV_RUNS runs (200 with scripts/test --slow), and folders whose files were
# made in another order each time.
it_gives_the_same_bytes_each_time() {
  local i zone locale first='' digest
  local zones=(UTC Asia/Tokyo America/New_York) locales=(C C.UTF-8 tr_TR.UTF-8 POSIX)
  for ((i = 0; i < ${NVPROV_RUNS:-40}; ++i)); do
    zone=${zones[i % 3]} locale=${locales[i % 4]}
    if ((i % 10 == 0)); then
      rm -rf "$work/data" && mkdir -p "$work/data/manifests/drivers"
      for branch in $(printf '%s\n' 570 580 595 | sort -R); do
        cp "$top/manifests/drivers/$branch.json" "$work/data/manifests/drivers/"
      done
    fi
    digest=$(umask "0$((i % 8))77" && LC_ALL=$locale TZ=$zone "$nvprov" --data "$work/data" "${on[@]}" --gpu T4 --gpu V100 --json | sha256sum)
    [ -n "$first" ] || first=$digest
    [ "$digest" = "$first" ] || fail "run $i gives other bytes (zone $zone, locale $locale)"
  done
}

it_plans_the_container_profile_without_cuda() {
  expect 0 "$nvprov" "${on[@]}" --profile container --gpu T4 --json
  jq -e '.resolution | .cuda == [] and .container_toolkit.version >= "1.19.1" and .container_toolkit.kept == false
    and ([.container_toolkit.packages[].name] | length) == 4' "$work/out" >&2
  jq -e '[.steps[] | select(.kind == "add-repository") | .path] | any(contains("nvidia-container-toolkit"))' "$work/out" >&2
  expect 0 "$nvprov" "${on[@]}" --profile container --profile deploy --cuda 12.4 --gpu T4 --json
  jq -e '.resolution | .cuda[0].release == "12.4" and .container_toolkit != null' "$work/out" >&2
}
it_says_what_the_container_profile_does_not_bring() {
  local flags
  for flags in '--cuda 12.4' '--libraries cublas' '--with cudnn'; do
    # shellcheck disable=SC2086
    expect 2 "$nvprov" "${on[@]}" --profile container --gpu T4 $flags
    complains "\`${flags%% *}\` asks for some"
    complains 'add `--profile deploy`'
  done
  expect 3 "$nvprov" plan --offline --distro ubuntu-22.04 --target image --profile container
  complains 'for a host, not for a container image'
}
# NVIDIA's own instructions leave the architecture to apt: a second entry of that address with another keyring would stop
# apt altogether.
it_uses_the_toolkit_repository_that_is_there() {
  local root=$work/followed keyring=/usr/share/keyrings/nvidia-container-toolkit-keyring.gpg
  mkdir -p "$root"/{etc/apt/sources.list.d,var/lib/dpkg,usr/share/keyrings,usr/bin}
  printf '%s\n' ID=ubuntu 'VERSION_ID="22.04"' VERSION_CODENAME=jammy >"$root/etc/os-release"
  echo '#!/bin/sh' >"$root/usr/bin/apt-get" && chmod +x "$root/usr/bin/apt-get"
  echo amd64 >"$root/var/lib/dpkg/arch"
  printf '%s\n' 'Package: apt' 'Status: install ok installed' 'Architecture: amd64' 'Version: 2.4' '' >"$root/var/lib/dpkg/status"
  jq -r '.armored | .[2:-2][]' "$top/manifests/keys/F796ECB0.json" | base64 -d >"$root$keyring"
  echo "deb [signed-by=$keyring] https://nvidia.github.io/libnvidia-container/stable/deb/\$(ARCH) /" \
    >"$root/etc/apt/sources.list.d/nvidia-container-toolkit.list"
  expect 0 "$nvprov" plan --offline --root "$root" --gpu T4 --profile container --json
  jq -e '[.steps[] | select(.kind == "add-repository") | .path] | all(contains("container-toolkit") | not)' "$work/out" >&2
  jq -e '[.notices[].kind] | any(. == "repository-used")' "$work/out" >&2
}
