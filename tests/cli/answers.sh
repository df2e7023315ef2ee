# shellcheck shell=bash
# What every command answers, and where.
# shellcheck disable=SC2154

it_says_its_version() {
  expect 0 "$nvprov" --version
  answers 'nvprov '
}
it_says_the_licence_of_everything_linked_in() {
  expect 0 "$nvprov" --version --licenses
  answers 'nlohmann_json'
  answers 'Permission is hereby granted, free of charge'
  answers 'CC0 1.0 Universal'
  mv "$work/out" "$work/licenses"
  expect 0 "$nvprov" --licenses --version
  same "$work/licenses" "$work/out" "the order of the flags changes the answer"
}
it_says_the_licences_as_one_document() {
  expect 0 "$nvprov" --version --licenses --json
  jq -e '.schema == "nvprov.licenses/1"' "$work/out" >&2
  jq -e '[.components[].name] | index("fmt") != null and index("CLI11") != null' "$work/out" >&2
  jq -e '.components | all((.version | test("^[0-9]+[.][0-9]+")) and .spdx != "" and (.text | length > 500))' "$work/out" >&2
}
it_shows_help_for_every_command() {
  local command
  for command in "" detect plan apply export lock audit verify explain manifest completion manual; do
    # shellcheck disable=SC2086
    expect 0 "$nvprov" $command --help
    answers nvprov
    [ "$(sed -n '/^Examples:/,/^$/p' "$work/out" | grep -cE '^ +(sudo )?nvprov ')" -ge 2 ] || fail "no two examples"
  done
}
it_says_six_lines_when_asked_nothing() {
  expect 0 "$nvprov"
  [ "$(wc -l <"$work/out")" = 6 ] || fail "$(wc -l <"$work/out") lines"
}
it_detects_as_one_document() {
  expect 0 "$nvprov" detect --json
  jq -e '.schema == "nvprov.facts/1"' "$work/out" >&2
  [ ! -s "$work/err" ] || fail "something on stderr"
}
it_says_by_its_exit_code_that_there_is_something_to_do() {
  expect 4 "$nvprov" plan --distro debian-12 --offline --gpu T4 --detailed-exitcode
  expect 0 "$nvprov" plan --distro debian-12 --offline --gpu T4
}
it_says_that_exact_packages_of_another_machine_are_unknown() {
  expect 0 "$nvprov" plan --distro debian-13 --gpu L4 --json
  jq -e '.unknowns | index("closure")' "$work/out" >&2
  jq -e '[.closure.packages[].version] | all(. == null)' "$work/out" >&2
}
it_writes_the_same_plan_to_a_file_and_to_stdout() {
  expect 0 "$nvprov" plan --distro debian-13 --offline --gpu L4 --json -o "$work/plan.json"
  same "$work/out" "$work/plan.json" "the file and stdout differ"
}
it_makes_the_same_digests_whatever_openssl_is_told() {
  printf '%s\n' 'openssl_conf = all' '[all]' 'providers = some' '[some]' 'null = one' '[one]' 'activate = 1' >"$work/openssl.cnf"
  expect 0 "$nvprov" plan --distro debian-13 --offline --gpu L4 --json
  mv "$work/out" "$work/plan.json"
  expect 0 env OPENSSL_CONF="$work/openssl.cnf" "$nvprov" plan --distro debian-13 --offline --gpu L4 --json
  same "$work/plan.json" "$work/out" "the host's configuration of OpenSSL changes a digest"
}
it_uses_no_colour_away_from_a_terminal() {
  expect 0 "$nvprov" plan --distro debian-13 --offline --gpu L4
  if grep -q $'\033' "$work/out"; then fail "escape sequences"; fi
}
