# shellcheck shell=bash
# What `nvprov explain` says, and what it says of input it cannot use.
# shellcheck disable=SC2154

host=$top/tests/golden/hosts/debian12-distro-driver-installed.facts.json

it_lists_what_can_be_explained() {
  expect 0 "$nvprov" explain --lang en
  answers 'driver'
  answers 'container-toolkit'
  [ "$(sed -n 1p "$work/out" | cut -d' ' -f3)" = driver ] || fail "the driver does not come first"
  expect 0 "$nvprov" explain --json
  jq -e '.schema == "nvprov.explanation/1" and (.names | length > 20) and .explanation == null' "$work/out" >&2
}
it_explains_a_name_by_a_host() {
  expect 0 "$nvprov" explain driver --lang en --facts "$host"
  answers 'The driver is what runs'
  answers 'driver: 535.309.01 is loaded'
  answers 'needed for deploy here'
  expect 0 "$nvprov" explain driver --json --facts "$host"
  jq -e '.explanation.kind == "concept" and ([.explanation.sections[].id] | index("here") != null)' "$work/out" >&2
  jq -e '.explanation.sources | all(.url | startswith("https://"))' "$work/out" >&2
}
it_answers_a_question_without_quotes() {
  expect 0 "$nvprov" explain is the toolkit needed to run CUDA programs --lang en --facts "$host"
  answers 'No. The driver is what runs them'
  expect 0 "$nvprov" explain which container images can this host run --lang en --facts "$host"
  answers 'minor-version compatibility'
}
it_explains_a_message_somebody_copied() {
  expect 0 "$nvprov" explain --lang en --facts "$host" \
    'error while loading shared libraries: libcudart.so.12: cannot open shared object file'
  answers 'CUDA runtime'
}
it_takes_the_language_of_the_locale() {
  expect 0 env -u LC_ALL -u LC_MESSAGES LANG=zh_CN.UTF-8 "$nvprov" explain driver --facts "$host"
  answers '谁需要'
  expect 0 env LC_ALL=en_US.UTF-8 LANG=zh_CN.UTF-8 "$nvprov" explain driver --facts "$host"
  answers 'Who needs it'
  expect 0 env LC_ALL=zh_CN.UTF-8 "$nvprov" explain driver --lang en --facts "$host"
  answers 'Who needs it'
  expect 0 env LC_ALL=C "$nvprov" explain driver --lang zh --json --facts "$host"
  jq -e '.language == "zh" and .explanation.title == "NVIDIA 驱动"' "$work/out" >&2
}
it_keeps_chinese_lines_within_the_terminal() {
  expect 0 "$nvprov" explain driver --lang zh --facts "$host"
  python3 - "$work/out" <<'PY' >&2
import sys, unicodedata
wide = lambda text: sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
bad = [line for line in open(sys.argv[1], encoding="utf-8").read().splitlines() if wide(line) > 100]
sys.exit("\n".join(bad) or 0)
PY
}
it_lists_the_meanings_of_a_word_that_has_several() {
  expect 0 "$nvprov" explain runtime --lang en
  answers 'cuda-runtime'
  answers 'container-runtime'
  expect 0 "$nvprov" explain runtime --json
  jq -e '(.names | length == 2) and .explanation == null' "$work/out" >&2
}
it_shows_the_smallest_set_of_each_distribution() {
  expect 0 "$nvprov" explain deploy --lang en --facts "$host"
  answers 'rocky-9'
  answers 'nvidia-kernel-dkms libcuda1'
  answers 'libcudart11.0'
}
it_explains_gpus_drivers_and_releases() {
  expect 0 "$nvprov" explain 10de:1eb8 --lang en --facts "$host"
  answers 'Tesla T4'
  expect 0 "$nvprov" explain 580 --lang en --facts "$host"
  answers 'long-term'
  expect 0 "$nvprov" explain cuda 12.4 --lang en --facts "$host"
  answers 'runs it by minor-version compatibility'
}
it_tells_how_a_package_came_on_a_plan() {
  expect 0 "$nvprov" plan --distro debian-12 --gpu T4 --source distro --offline -o "$work/plan.json"
  expect 0 "$nvprov" explain libcuda1 --plan "$work/plan.json" --lang en
  answers "profile's component compute is"
  answers 'manifests/profiles/deploy.json'
  answers 'longest support left'
  expect 0 "$nvprov" explain libcublas11 --plan "$work/plan.json" --lang en
  answers 'not on the plan'
  answers '--libraries cublas'
  expect 0 "$nvprov" explain libcuda1 --distro debian-12 --gpu T4 --lang en
  answers 'On the plan for Debian 12'
}
it_explains_packages_only_a_saved_plan_knows() {
  expect 0 "$nvprov" plan --distro debian-12 --gpu T4 --source distro --offline -o "$work/plan.json"
  jq '.closure.packages += [.closure.packages[0] | .name = "libinvented9" | .requested = false | .driver_versioned = false]' \
    "$work/plan.json" >"$work/more.json"
  expect 0 "$nvprov" explain libinvented9 --plan "$work/more.json" --lang en
  answers 'draws it in'
  expect 2 "$nvprov" explain libinvented9 --plan "$work/plan.json" --lang en
}
it_says_why_there_is_no_plan() {
  expect 0 "$nvprov" explain libcuda1 --distro debian-12 --lang en
  answers 'There is no plan here'
}
it_says_what_was_not_looked_at() {
  expect 0 "$nvprov" explain driver --distro debian-12 --gpu T4 --lang en
  answers 'installed packages: not looked at'
}
it_reads_concepts_of_an_overlay() {
  mkdir -p "$work/data/manifests/concepts"
  jq '.id = "ours" | .order = 1 | .aliases = ["our thing"] | .phrases = [] | .parts = [] | .stands_for = [] | .packages = []
      | .title = {"en": "Our own thing", "zh": "我们的东西"}' \
    "$top/manifests/concepts/driver.json" >"$work/data/manifests/concepts/ours.json"
  expect 0 "$nvprov" --data "$work/data" explain our thing --lang en --facts "$host"
  answers 'Our own thing'
  expect 0 "$nvprov" --data "$work/data" explain --lang en
  answers 'Our own thing'
  sed -i 's/"related": \["kernel-module"/"related": ["kernel-modul"/; s/"kernel-module",/"kernel-modul",/' \
    "$work/data/manifests/concepts/ours.json"
  expect 2 "$nvprov" --data "$work/data" explain driver
  complains 'manifests/concepts/ours.json'
  complains 'did you mean `kernel-module`'
  expect 2 "$nvprov" --data "$work/data" explain driver --json
  jq -e '.schema == "nvprov.error/1"' "$work/out" >&2
  echo '{' >"$work/data/manifests/concepts/ours.json"
  expect 2 "$nvprov" --data "$work/data" plan --distro debian-12 --gpu T4 --offline
  complains 'ours.json'
}
it_refuses_names_nobody_knows() {
  expect 2 "$nvprov" explain tolkit
  complains 'did you mean `toolkit`'
  expect 2 "$nvprov" explain ''  ' '  x
  expect 2 "$nvprov" explain 'zzz qqq'
  complains 'lists what can be explained'
  expect 2 "$nvprov" explain xyzzy --json
  jq -e '.schema == "nvprov.error/1"' "$work/out" >&2
  expect 2 "$nvprov" explain "$(printf 'x%.0s' {1..5000})"
  expect 2 "$nvprov" explain $'\xff\xfe'
}
it_refuses_options_that_do_not_go_together() {
  expect 2 "$nvprov" explain driver --lang de
  complains 'known: en, zh'
  expect 2 "$nvprov" explain driver --plan "$work/missing.json"
  complains 'there is no plan file'
  echo '[]' >"$work/bad.json"
  expect 2 "$nvprov" explain driver --plan "$work/bad.json"
  expect 2 "$nvprov" explain driver --plan "$work/bad.json" --gpu T4
  complains 'already says for which machine'
  expect 2 "$nvprov" explain driver --root "$work" --distro debian-12
  expect 2 "$nvprov" explain driver --root "$work/none"
  expect 2 "$nvprov" explain driver --facts "$work/missing.json"
  expect 2 "$nvprov" explain driver --distro debian-99
  expect 2 "$nvprov" explain driver --arch x86_64
  expect 2 "$nvprov" explain driver --gpu NoSuchGpu
}
