# shellcheck shell=bash
# How scripts/bench measures a command and says what it took. Used with $folder, where the numbers lie by name.
# shellcheck disable=SC2154

# measure [--first COMMAND] NAME COMMAND...: puts "wall cpu peak" (milliseconds, milliseconds, KiB) into $folder/NAME.
# The command named --first runs before each run, and its time is not counted. $runs is how often at least.
runs=20
measure() {
  local first=()
  if [ "$1" = --first ]; then
    first=(--prepare "$2")
    shift 2
  fi
  local name=$1
  shift
  "$@" >/dev/null 2>"$folder/error" || die "\`$*\` fails: $(tail -n 1 "$folder/error")"
  hyperfine -N --style none --warmup 2 --min-runs "$runs" "${first[@]}" --export-json "$folder/times" "${*@Q}" >/dev/null 2>&1
  local peak
  [ ${#first[@]} = 0 ] || ${first[1]}
  peak=$(/usr/bin/time -f %M "$@" 2>&1 >/dev/null | tail -n 1)
  jq -r --arg peak "$peak" '.results[0] | "\(.median * 1000) \((.user + .system) * 1000) \($peak)"' "$folder/times" >"$folder/$name"
}
row() { awk -v name="$1" '{ printf "%-44s %8.1f ms wall %8.1f ms cpu %8.1f MiB peak\n", name, $1, $2, $3 / 1024 }' "$folder/$2"; }

# part_of WORDS MINE OTHER AIM: which part of the other's time mine is.
part_of() {
  paste -d ' ' "$folder/$2" "$folder/$3" |
    awk -v words="$1" -v aim="$4" '{ printf "%s 1/%.1f of the wall and 1/%.1f of the cpu time%s\n", words, $4 / $1, $5 / $2, aim == "" ? "" : " (aim 1/" aim ")" }'
}
