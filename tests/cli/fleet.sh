# shellcheck shell=bash
# Many recorded hosts at once: which are planned alike, and what is said of those that cannot be read.
# shellcheck disable=SC2154,SC2016

# Twenty machines of each of twelve types; $nvprov plans for them as fleet does.
make_fleet() { "$top/scripts/make-fleet" "$@"; }
fleet() { expect "$1" "$nvprov" plan "${@:2}"; }
# One line for each group: what tells the types of machines apart, then the hosts.
members() { jq -r '.groups[] | .hosts | map(sub("-[0-9]+$"; "")) | unique | join(" ")' "$work/out"; }
# A small folder of two good hosts, for what goes wrong beside them.
two_hosts() {
  make_fleet "$work/fleet" 2
}

it_groups_240_machines_by_their_twelve_types() {
  make_fleet "$work/fleet" 240
  fleet 3 --facts-dir "$work/fleet" --json
  jq -e '.schema == "nvprov.plans/1" and .problems == [] and (.groups | length) == 12' "$work/out" >&2
  jq -e '.groups | all(.hosts | length == 20)' "$work/out" >&2
  members | sort >"$work/types"
  find "$work/fleet" -name '*.json' -printf '%f\n' | sed 's/-[0-9]*[.]json$//' | sort -u >"$work/expected"
  same "$work/expected" "$work/types" "machines of two types are in one group"
}
it_says_the_same_whatever_the_order_of_files_and_the_threads() {
  make_fleet "$work/fleet" 60
  make_fleet --shuffle "$work/other/fleet" 60
  fleet 3 --facts-dir "$work/fleet" --json
  mv "$work/out" "$work/first"
  fleet 3 --facts-dir "$work/fleet" --json
  same "$work/first" "$work/out" "a second run says something else"
  expect 3 taskset -c 0 "$nvprov" plan --facts-dir "$work/fleet" --json
  same "$work/first" "$work/out" "one processor says something else"
  fleet 3 --facts-dir "$work/other/fleet" --json
  sed -i "s,$work/other/fleet,$work/fleet," "$work/out"
  same "$work/first" "$work/out" "the order files were made in counts"
}
it_reads_the_same_from_lines() {
  make_fleet "$work/fleet" 60
  make_fleet --lines --shuffle "$work" 60
  fleet 3 --facts-dir "$work/fleet" --json
  jq 'del(.groups[].plan.inputs)' "$work/out" >"$work/folder"
  "$nvprov" plan --facts-dir - --json <"$work/fleet.ndjson" | jq 'del(.groups[].plan.inputs)' >"$work/lines" || true
  same "$work/folder" "$work/lines" "lines and files say different things"
}
it_names_hosts_without_a_name_by_their_lines() {
  make_fleet "$work/fleet" 13
  { echo; cat "$work"/fleet/debian11-t4-00001.json "$work"/fleet/debian11-t4-00002.json | jq -c .; } >"$work/lines"
  "$nvprov" plan --facts-dir - --json <"$work/lines" >"$work/out"
  jq -e '.groups | map(.hosts) == [["line 2", "line 3"]]' "$work/out" >&2
}
it_plans_each_host_as_if_it_were_alone() {
  local host
  make_fleet "$work/fleet" 12
  fleet 3 --facts-dir "$work/fleet" --json
  mv "$work/out" "$work/all"
  for host in $(jq -r '.groups[].hosts[0]' "$work/all"); do
    "$nvprov" plan --facts "$work/fleet/$host.json" --offline --json >"$work/one" || true
    jq --arg host "$host" '.groups[] | select(.hosts == [$host]) | .plan // .error | del(.inputs, .facts_fingerprint)' \
      "$work/all" >"$work/grouped"
    jq 'del(.inputs, .facts_fingerprint)' "$work/one" >"$work/alone"
    same "$work/alone" "$work/grouped" "$host is planned in another way"
  done
}
it_takes_the_options_of_plan_for_each_host() {
  make_fleet "$work/fleet" 12
  fleet 3 --facts-dir "$work/fleet" --gpu L4 --cuda none --driver 580 --json
  jq -e '[.groups[].plan | select(. != null)] | length > 3 and
    all(.gpus == ["NVIDIA L4"] and .resolution.cuda == [] and .request.driver == "580")' "$work/out" >&2
}
it_says_a_group_in_one_line_and_its_hosts() {
  make_fleet "$work/fleet" 240
  fleet 3 --facts-dir "$work/fleet"
  answers '240 hosts in 12 groups: '
  answers '20 hosts: driver '
  answers '20 hosts, blocked: driver '
  answers '20 hosts, refused: profile deploy on Debian GNU/Linux 12 (bookworm) cannot be set up: '
  answers '    debian12-t4-00001, debian12-t4-00002, '
  [ "$(grep -c '^    .* and [0-9]* more$' "$work/out")" = 12 ] || fail "names are not abbreviated"
  [ "$(wc -L <"$work/out")" -le 100 ] || fail "a line is longer than the terminal is wide"
  fleet 3 --facts-dir "$work/fleet" -v
  answers debian12-t4-00020
  [ "$(grep -o -- '-000[0-9][0-9]' "$work/out" | wc -l)" = 240 ] || fail "-v does not name all hosts"
}
it_plans_for_the_others_where_a_file_is_bad() {
  two_hosts
  jq '.gpus[0].device_id = 7' "$work/fleet/debian12-t4-00001.json" >"$work/fleet/wrong.json"
  echo '{"schema": ' >"$work/fleet/broken.json"
  : >"$work/fleet/empty.json"
  echo '{"schema": "nvprov.plan/1"}' >"$work/fleet/plan.json"
  mkdir "$work/fleet/folder.json"
  ln -s nowhere "$work/fleet/gone.json"
  echo 'not looked at' >"$work/fleet/README"
  fleet 2 --facts-dir "$work/fleet"
  answers '2 hosts in 2 groups'
  complains "$work/fleet/wrong.json: /gpus/0/device_id: expected a string, found a whole number"
  complains "$work/fleet/broken.json: line 2, column 1: not valid JSON"
  complains "$work/fleet/empty.json: line 1, column 1: not valid JSON: the document is empty"
  complains "$work/fleet/plan.json: /schema: expected \`nvprov.facts/1\`"
  complains "$work/fleet/folder.json: could not read"
  complains "$work/fleet/gone.json: there is no such file"
  fleet 2 --facts-dir "$work/fleet" --json
  jq -e '.problems | map(.file | sub(".*/"; "")) == ["broken.json", "empty.json", "folder.json", "gone.json", "plan.json", "wrong.json"]' "$work/out" >&2
  jq -e '.problems[-1].place == "/gpus/0/device_id" and ([.groups[].hosts[]] | length == 2)' "$work/out" >&2
}
it_reports_a_wrong_kind_where_the_value_does_not_count() {
  two_hosts
  jq '.gpus[0].address = 7' "$work/fleet/debian12-t4-00001.json" >"$work/fleet/wrong.json"
  fleet 2 --facts-dir "$work/fleet"
  complains 'wrong.json: /gpus/0/address: expected a string'
}
it_names_bad_lines() {
  make_fleet --lines "$work" 2
  {
    cat "$work/fleet.ndjson"
    sed -n 1p "$work/fleet.ndjson"
    echo '{"host": "", "facts": {}}'
    sed -n 1p "$work/fleet.ndjson" | jq -c '{host: "x", facts: (.facts | .kernel.running = 1), fact: 2}'
    sed -n 1p "$work/fleet.ndjson" | jq -c '{host: "y", facts: (.facts | .kernel.running = 1)}'
    echo '{"schema": "nvprov.facts/1"'
    head -c 17000000 /dev/zero | tr '\0' x
    echo
    sed -n 2p "$work/fleet.ndjson" | jq -c '.host = "last"'
  } >"$work/lines"
  local status=0
  "$nvprov" plan --facts-dir - <"$work/lines" >"$work/out" 2>"$work/err" || status=$?
  [ $status = 2 ] || fail "exit $status"
  answers '3 hosts in 2 groups'
  complains 'line 3: /host: the host `debian11-t4-00001` is there twice, first in line 1'
  complains 'line 4: /host: a host needs a name'
  complains 'line 5: /fact: unknown field'
  complains 'line 6: /facts/kernel/running: expected a string or null'
  complains 'line 7: column 28: not valid JSON'
  complains 'line 8: the document is larger than 16 MiB'
}
it_wants_one_document_in_each_line() {
  make_fleet "$work/fleet" 1
  expect 2 bash -c '"$1" plan --facts-dir - <"$2"' - "$nvprov" "$work/fleet/debian11-t4-00001.json"
  complains 'reads one whole document from each line'
  complains 'jq -c'
}
it_finds_no_facts_where_there_are_none() {
  mkdir "$work/empty"
  : >"$work/file"
  fleet 2 --facts-dir "$work/empty"
  complains 'no file in it is named *.json'
  fleet 2 --facts-dir "$work/missing"
  complains 'there is no such folder'
  fleet 2 --facts-dir "$work/file"
  complains '`--facts FILE` takes one'
  fleet 2 --facts-dir ''
  complains 'its value is empty'
  fleet 2 --facts-dir -
  complains 'standard input is empty'
  fleet 2 --facts-dir "$work/empty" --json
  jq -e '.schema == "nvprov.error/1" and .exit_code == 2' "$work/out" >&2
}
it_cannot_read_a_folder_it_may_not_enter() {
  [ "$(id -u)" = 0 ] && ! command -v setpriv >/dev/null && skip "no user but root"
  local as=()
  [ "$(id -u)" != 0 ] || as=(setpriv --reuid 65534 --clear-groups)
  mkdir -m 700 "$work/closed"
  [ "$(id -u)" = 0 ] || chmod 000 "$work/closed"
  [ "$(id -u)" != 0 ] || chmod 755 "$work" "$work/.." "$work/../.."
  expect 1 "${as[@]}" "$nvprov" plan --facts-dir "$work/closed"
  complains 'Permission denied'
}
it_takes_many_hosts_alone() {
  two_hosts
  fleet 2 --facts-dir "$work/fleet" --distro debian-12
  complains '`--facts-dir` names many machines'
  fleet 2 --facts-dir "$work/fleet" --root /
  complains '`--root'
  fleet 2 --facts-dir "$work/fleet" --facts "$work/fleet/debian12-t4-00001.json"
  complains '`--facts-dir` names many machines'
  fleet 2 --facts-dir "$work/fleet" -o "$work/plan.json"
  complains '`-o` saves the plan of one machine'
  [ ! -e "$work/plan.json" ] || fail "a plan was written"
}
it_says_one_mistake_of_the_request_once() {
  two_hosts
  fleet 2 --facts-dir "$work/fleet" --gpu H10O
  complains 'did you mean `H100`'
  [ "$(grep -c H10O "$work/err")" = 1 ] || fail "said more than once"
}
it_says_by_its_exit_code_what_is_ahead() {
  make_fleet "$work/all" 12
  mkdir "$work/fleet"
  cp "$work/all/debian12-distro-driver-installed-00001.json" "$work/fleet"
  fleet 0 --facts-dir "$work/fleet" --detailed-exitcode --cuda none --source distro
  cp "$work/all/debian12-t4-00001.json" "$work/fleet"
  fleet 0 --facts-dir "$work/fleet"
  fleet 4 --facts-dir "$work/fleet" --detailed-exitcode
  cp "$work/all/debian12-v100-b200-00001.json" "$work/fleet"
  fleet 3 --facts-dir "$work/fleet" --detailed-exitcode
  echo '{}' >"$work/fleet/bad.json"
  fleet 2 --facts-dir "$work/fleet" --detailed-exitcode
}
it_wants_the_target_of_a_place_that_is_not_clear_named() {
  mkdir "$work/fleet"
  cp "$top/tests/golden/hosts/lxc-container.facts.json" "$work/fleet/lxc.json"
  fleet 2 --facts-dir "$work/fleet"
  answers '1 host, unclear: it is not clear whether this is a host or a container image'
  answers '--target host'
}
it_reads_one_host_from_standard_input() {
  make_fleet "$work/fleet" 2
  "$nvprov" plan --facts - --offline --json <"$work/fleet/debian12-t4-00001.json" | jq 'del(.inputs)' >"$work/piped"
  fleet 0 --facts "$work/fleet/debian12-t4-00001.json" --offline --json
  jq 'del(.inputs)' "$work/out" >"$work/named"
  same "$work/named" "$work/piped" "a pipe and a file say different things"
}
