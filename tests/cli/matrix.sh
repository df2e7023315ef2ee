# shellcheck shell=bash
# What `nvprov matrix` says goes together.
# shellcheck disable=SC2154,SC2016

it_says_what_goes_with_a_gpu() {
  expect 0 "$nvprov" matrix --gpu T4
  answers 'What goes with Tesla T4 (Turing, compute capability 7.5)'
  answers 'needs driver branch 410 or newer; older branches (396, 390) do not know it'
  expect 0 "$nvprov" matrix --gpu V100 --json
  jq -e '.schema == "nvprov.matrix/1"
    and ([.drivers[] | select(.goes) | .branch] | index("580") == 0)
    and (.drivers[] | select(.branch == "615") | .why_not[0].reason == "gpu-older-than-branch")
    and (.cuda[] | select(.release == "13.0") | .support == "no" and .why_not[0].reason == "cuda-drops-gpu")
    and (.cuda[] | select(.release == "12.9") | .support == "full")' "$work/out" >&2
}
it_joins_what_it_is_narrowed_to() {
  expect 0 "$nvprov" matrix --driver 550.54.14 --cuda 12.4 --json
  jq -e '[.drivers[] | [.branch, .release, .goes]] == [["550", "550.54.14", true]]
    and [.cuda[] | [.release, .support]] == [["12.4", "minor-version"]]' "$work/out" >&2
  expect 0 "$nvprov" matrix --driver 535 --cuda 13.0
  answers 'with the compatibility package of the release, on data-center GPUs only'
  expect 0 "$nvprov" matrix --driver 525 --cuda 13.0
  answers 'CUDA 13.0 needs driver 580.65.06 or newer; driver 525 is too old for it'
  expect 0 "$nvprov" matrix --gpu H100 --gpu V100 --json
  jq -e '[.drivers[] | select(.goes) | [.branch, .modules]] | index([["580", ["proprietary"]]]) == 0' "$work/out" >&2
}
it_knows_what_a_distribution_offers() {
  expect 0 "$nvprov" matrix --distro debian-12 --driver 535 --json
  jq -e '.drivers[0].offered_by | index("distro")' "$work/out" >&2
  expect 0 "$nvprov" matrix --distro rocky-9 --arch x86_64 --gpu L40S
  answers 'offered by'
}
it_writes_comma_separated_values() {
  expect 0 "$nvprov" matrix --gpu T4 --csv
  python3 - "$work/out" <<'EOF'
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], newline="")))
assert {row["table"] for row in rows} == {"driver", "cuda"}
old = next(row for row in rows if row["table"] == "driver" and row["name"] == "390")
assert old["support"] == "no" and old["why_not"], old
EOF
}
it_names_what_it_cannot_narrow_to() {
  expect 2 "$nvprov" matrix --gpu T44
  complains 'T44'
  expect 2 "$nvprov" matrix --cuda 12.44
  complains 'there is no CUDA release `12.44`'
  expect 2 "$nvprov" matrix --cuda '>=12'
  complains 'names no CUDA release'
  expect 2 "$nvprov" matrix --driver newest
  complains 'names no branch and no release'
  expect 2 "$nvprov" matrix --driver 551
  complains 'there is no driver `551`'
  expect 2 "$nvprov" matrix --distro ubuntu-22.10
  complains 'did you mean `ubuntu-22.04`?'
  expect 2 "$nvprov" matrix --arch x86_64
  complains '`--arch` goes with `--distro`'
  expect 2 "$nvprov" matrix --distro debian-12 --arch riscv64
  complains 'the catalog knows no `riscv64`'
  expect 2 "$nvprov" matrix --csv --json
  jq -e '.exit_code == 2' "$work/out" >&2
  touch "$work/file"
  expect 1 "$nvprov" matrix --html "$work/file/page.html"
  complains 'writing the page'
}
