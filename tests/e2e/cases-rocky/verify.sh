# shellcheck shell=bash
# Whether the stack's files are as their packages brought them, by the real rpm.
# shellcheck disable=SC2154

it_verify_names_a_library_that_was_overwritten_and_one_that_is_gone() {
  expect 0 apply
  expect 0 in_root nvprov verify --json
  jq -e '[.results[] | select(.level == "files") | "\(.subject) \(.outcome)"] == ["packages ok", "contents ok"]' "$work/out" >&2
  local library
  library=$(in_root sh -c 'readlink -f /usr/lib64/libcuda.so.1')
  echo changed >>"$root$library"
  rm "$root/usr/bin/nvidia-smi"
  expect 4 in_root nvprov verify --json
  jq -e --arg library "$library" '[.results[] | select(.subject == "contents") | .findings[] | "\(.check) \(.subject)"]
    | sort == (["content-changed \($library)", "content-missing /usr/bin/nvidia-smi"] | sort)' "$work/out" >&2
}
