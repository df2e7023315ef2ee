# shellcheck shell=bash
# The manual page before the real man, and completions in the real zsh and fish.
# shellcheck disable=SC2154

need_tool() {
  command -v "$1" >/dev/null && return
  [ "$(id -u)" != 0 ] || DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$1" >&2 || true
  command -v "$1" >/dev/null || skip "$1 is not installed"
}

it_writes_a_manual_page_that_man_has_nothing_against() {
  need_tool mandoc
  "$nvprov" manual >"$work/nvprov.1"
  # A page without a date is the same whenever it is built.
  mandoc -T lint -W warning "$work/nvprov.1" | grep -v 'missing date' >"$work/complaints" || true
  [ ! -s "$work/complaints" ] || { cat "$work/complaints" >&2; fail "mandoc complains"; }
  mandoc -T ascii "$work/nvprov.1" | col -b >"$work/out"
  answers '--detailed-exitcode'
  answers 'nvprov plan --cuda 12.4 -o plan.json'
}

# completes_in_fish LINE WORD...
completes_in_fish() {
  local line=$1
  shift
  "$nvprov" completion fish >"$work/nvprov.fish"
  # shellcheck disable=SC2016
  HOME=$work fish --no-config -c 'source $argv[1]; complete -C $argv[2]' "$work/nvprov.fish" "$line" >"$work/offered" 2>"$work/err"
  [ ! -s "$work/err" ] || { cat "$work/err" >&2; fail "fish complains"; }
  cut -f 1 "$work/offered" >"$work/out"
  offers "$line" "$@"
}

it_completes_in_fish() {
  need_tool fish
  completes_in_fish 'nvprov ' plan apply export '!shell'
  completes_in_fish 'nvprov --json pl' plan
  completes_in_fish 'nvprov plan --' --gpu --json '!--yes'
  completes_in_fish 'nvprov apply --y' --yes
  completes_in_fish 'nvprov plan --gpu H1' H100
  completes_in_fish 'nvprov plan --gpu=T' --gpu=T4
  completes_in_fish 'nvprov plan --libraries cublas,cuf' cublas,cufft
  completes_in_fish 'nvprov export ' shell dockerfile '!plan'
  completes_in_fish 'nvprov export --gpu T4 ' shell
  completes_in_fish 'nvprov completion ' bash zsh fish
  touch "$work/plan.json"
  completes_in_fish "nvprov export shell $work/pl" "$work/plan.json"
  completes_in_fish "nvprov apply $work/pl" "$work/plan.json"
  mkdir "$work/folder"
  completes_in_fish "nvprov detect --root $work/fol" "$work/folder/" 
}

# What zsh offers is read from a terminal of its own; a word too many there would be one of zsh's.
completes_in_zsh() {
  local line=$1
  shift
  "$nvprov" completion zsh >"$work/_nvprov"
  zsh -f "$top/tests/contract/zsh_completions" "$work" "$line" >"$work/out" 2>"$work/err" || { cat "$work/err" >&2; fail "zsh did not answer"; }
  offers "$line" "$@"
}

it_completes_in_zsh() {
  need_tool zsh
  completes_in_zsh 'nvprov ' plan apply export
  completes_in_zsh 'nvprov --json pl' plan
  completes_in_zsh 'nvprov plan --' --gpu --json '!--yes'
  completes_in_zsh 'nvprov apply --y' --yes
  completes_in_zsh 'nvprov plan --gpu H1' H100
  completes_in_zsh 'nvprov plan --gpu=T' T4
  completes_in_zsh 'nvprov plan --libraries cublas,cuf' cufft
  completes_in_zsh 'nvprov export ' shell dockerfile
  completes_in_zsh 'nvprov export --gpu T4 ' shell
  completes_in_zsh 'nvprov completion ' bash zsh fish
}
