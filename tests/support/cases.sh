# shellcheck shell=bash
# shellcheck disable=SC2154
# Cases written in bash: every function of a case file named it_... is one, told by its name. A case fails when one of
# its commands fails. The file that sources this may define before_case and after_case.

passed=0 failed=0 skipped=0

say() { printf '%s\n' "$*" >&2; }
before_case() { :; }
after_case() { :; }

fail() {
  say "FAILED: $*"
  exit 1
}
skip() {
  say "skipped: $*"
  exit 77
}

# expect STATUS COMMAND...: runs it with stdout in $work/out and stderr in $work/err.
expect() {
  local expected=$1 status=0
  shift
  "$@" >"$work/out" 2>"$work/err" </dev/null || status=$?
  say "+ $* -> $status"
  [ "$status" = "$expected" ] || {
    tail -n 30 "$work/out" "$work/err" >&2
    fail "exit $status instead of $expected"
  }
}

# The last command's stdout (answers) or stderr (complains) holds these words.
answers() { grep -qiF -e "$1" "$work/out" || { tail -n 30 "$work/out" >&2; fail "stdout does not say \"$1\""; }; }
complains() { grep -qiF -e "$1" "$work/err" || { tail -n 30 "$work/err" >&2; fail "stderr does not say \"$1\""; }; }
says() { cat "$work/out" "$work/err" | grep -qiF -e "$1" || { tail -n 30 "$work/out" "$work/err" >&2; fail "neither stdout nor stderr says \"$1\""; }; }

# offers WHAT WORD...: $work/out, a word a line, has each of the words, and none written as `!word`.
offers() {
  local what=$1 word
  shift
  for word in "$@"; do
    case $word in
      !*) ! grep -qxF -e "${word#!}" "$work/out" || fail "\"$what\" offers ${word#!}" ;;
      *) grep -qxF -e "$word" "$work/out" || { cat "$work/out" >&2; fail "\"$what\" does not offer $word"; } ;;
    esac
  done
}

# Two files hold the same.
same() { diff -u "$1" "$2" >&2 || fail "$3"; }

# Runs one case in a subshell of its own and counts it.
run_case() {
  local case_name=$1 started=$SECONDS status label=${case_label:-}
  set +e
  (set -euo pipefail; before_case; "$case_name") >"$work/case.log" 2>&1
  status=$?
  after_case
  set -e
  local words=${case_name#it_}
  words=$label${words//_/ }
  case $status in
    0) passed=$((passed + 1)); say "ok    $words ($((SECONDS - started)) s)" ;;
    77) skipped=$((skipped + 1)); say "skip  $words: $(sed -n 's/^skipped: //p' "$work/case.log" | tail -n 1)" ;;
    *)
      failed=$((failed + 1))
      say "FAIL  $words ($((SECONDS - started)) s)"
      tail -n 60 "$work/case.log" | sed 's/^/      /' >&2
      ;;
  esac
}

cases_of() { sed -n 's/^\(it_[a-z0-9_]*\)() {.*/\1/p' "$1"; }

# Runs the cases of one file whose names match a pattern.
run_file() {
  local name
  # shellcheck disable=SC1090
  source "$1"
  for name in $(cases_of "$1"); do
    [[ ${name//_/ } == *${2:-}* ]] || continue
    run_case "$name"
  done
}

print_counts() { echo "$passed passed, $failed failed, $skipped skipped"; }
