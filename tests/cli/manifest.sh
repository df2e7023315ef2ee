# shellcheck shell=bash
# What `nvprov manifest` says of data.
# shellcheck disable=SC2154,SC2016

it_finds_nothing_wrong_with_its_own_data() {
  expect 0 "$nvprov" manifest lint
  answers 'nothing wrong'
  expect 0 "$nvprov" manifest lint --json
  jq -e '.schema == "nvprov.lint/1" and (.records[] | select(.kind == "GPUs") | .count > 900)' "$work/out" >&2
}
it_checks_a_folder_as_a_whole() {
  cp -r "$top/manifests" "$top/distros" "$work"
  expect 0 "$nvprov" manifest lint "$work"
  sed -i 's/"end_of_life": "2028-06-30"/"end_of_life": "2020-01-01"/' "$work/manifests/drivers/580.json"
  expect 4 "$nvprov" manifest lint "$work"
  complains '580.json: /end_of_life: support ends on 2020-01-01, before the release 580.65.06'
  expect 4 "$nvprov" manifest lint "$work" --json
  jq -e '.schema == "nvprov.error/1" and .exit_code == 4' "$work/out" >&2
  rm "$work/manifests/gpus.json"
  expect 2 "$nvprov" manifest lint "$work"
  complains 'the file is missing'
}
it_checks_an_overlay_on_top_of_its_own_data() {
  mkdir -p "$work/data/manifests/drivers"
  jq '.branch = "616" | .end_of_life = null | .releases |= map(.version |= sub("^615"; "616"))' \
    "$top/manifests/drivers/615.json" >"$work/data/manifests/drivers/616.json"
  expect 4 "$nvprov" --data "$work/data" manifest lint
  complains 'no source of any distribution offers branch 616'
}
it_reads_keys_of_an_overlay_too() {
  mkdir -p "$work/data/manifests/keys"
  sed 's/"id": "3BF863CC"/"id": "00000000"/' "$top/manifests/keys/3BF863CC.json" >"$work/data/manifests/keys/00000000.json"
  sed -i 's/"keys": *"/&/; s/"url": *"https/"url": "http/' "$work/data/manifests/keys/00000000.json"
  expect 2 "$nvprov" --data "$work/data" manifest lint
  complains 'manifests/keys/00000000.json'
}
it_needs_an_action_and_a_folder_with_data() {
  expect 2 "$nvprov" manifest
  complains 'needs an action'
  expect 2 "$nvprov" manifest lnit
  complains 'did you mean'
  mkdir "$work/empty"
  expect 2 "$nvprov" manifest lint "$work/empty"
  complains 'holds no data'
  expect 2 "$nvprov" manifest lint "$work/missing"
  complains 'there is no such folder'
}
it_shows_a_record_with_where_it_came_from() {
  expect 0 "$nvprov" manifest show driver 580
  answers 'what nvprov carries (manifests/drivers/580.json)'
  answers 'https://'
  answers '"branch": "580"'
  expect 0 "$nvprov" manifest show gpu T4 --json
  jq -e '.schema == "nvprov.record/1" and .id == "1eb8" and .layer == "embedded" and .record.name == "Tesla T4"
    and (.place | startswith("/gpus/")) and (.sources | length > 0)' "$work/out" >&2
}
it_shows_the_record_an_overlay_decides() {
  mkdir -p "$work/data/manifests/drivers"
  jq '.end_of_life = "2031-01-31"' "$top/manifests/drivers/580.json" >"$work/data/manifests/drivers/580.json"
  expect 0 "$nvprov" --data "$work/data" manifest show driver 580
  answers "$work/data/manifests/drivers/580.json"
  answers 'the record of what nvprov carries'
  answers '2031-01-31'
}
it_says_in_a_plan_when_an_overlay_decided() {
  mkdir -p "$work/data/manifests/drivers"
  jq '.end_of_life = "2031-01-31"' "$top/manifests/drivers/580.json" >"$work/data/manifests/drivers/580.json"
  cp "$top/manifests/drivers/550.json" "$work/data/manifests/drivers"
  expect 0 "$nvprov" --data "$work/data" plan --offline --distro debian-13 --gpu T4 --source nvidia --json
  jq -e --arg folder "$work/data" '(.inputs | index("driver 580 as the overlay \($folder) has it"))
    and ([.inputs[] | select(startswith("driver 550"))] == [])' "$work/out" >&2
}
it_names_what_it_cannot_show() {
  expect 2 "$nvprov" manifest show
  complains 'needs the kind of a record'
  expect 2 "$nvprov" manifest show drvier 580
  complains 'did you mean `driver`?'
  expect 2 "$nvprov" manifest show driver 58
  complains 'there is no driver `58` in the data'
  expect 2 "$nvprov" manifest lint a b
  complains 'one argument too many'
}
it_says_what_changes_for_hosts() {
  expect 0 "$nvprov" manifest diff "$top"
  answers 'no host gets another answer'
  mkdir -p "$work/data/distros"
  jq '(.package_sources[] | select(.id == "distro") | .cuda) = []' "$top/distros/debian-12.json" \
    >"$work/data/distros/debian-12.json"
  expect 0 "$nvprov" manifest diff "$work/data" --json
  expect 2 "$nvprov" manifest diff
  complains 'needs a folder with data'
  expect 2 "$nvprov" manifest diff "$work/nowhere"
  complains 'there is no such folder'
}
