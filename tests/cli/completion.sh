# shellcheck shell=bash
# What bash completes after `source <(nvprov completion bash)`, asked as bash itself asks.
# shellcheck disable=SC2154

# completes LINE EXPECTED...: with the cursor at the line's end; each expected word is offered. `!word`: it is not.
completes() {
  local line=$1
  shift
  [ -s "$work/script" ] || "$nvprov" completion bash >"$work/script"
  # A shell of its own; bash cuts a line into words at blanks and `=`.
  # shellcheck disable=SC2016
  env -i PATH="$PATH" HOME="$work" bash --norc -euo pipefail -c '
    source "$1"
    text=${2//=/ = }
    read -ra COMP_WORDS <<<"$text"
    case $2 in *" " | *=) COMP_WORDS+=("") ;; esac
    # What bash does with `--gpu=`: the sign is the word the cursor stands at.
    [[ $2 != *= ]] || unset "COMP_WORDS[-1]"
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    _nvprov
    printf "%s\n" "${COMPREPLY[@]}"' - "$work/script" "$line" >"$work/out" 2>"$work/err" || {
    cat "$work/err" >&2
    fail "bash did not complete \"$line\""
  }
  offers "$line" "$@"
}

it_completes_commands() {
  completes 'nvprov ' detect plan apply export lock audit verify manifest completion manual '!--json'
  completes 'nvprov pl' plan '!apply'
  completes 'nvprov --json pl' plan
  completes 'nvprov --data plan ex' export
}
it_completes_options_of_the_command() {
  completes 'nvprov plan --' --gpu --distro --json '!--yes'
  completes 'nvprov apply --y' --yes '!--gpu'
  completes 'nvprov -' --version --licenses --json '!--gpu'
}
it_completes_values() {
  completes 'nvprov plan --gpu H1' H100 '!T4'
  completes 'nvprov plan --gpu=T' T4
  completes 'nvprov plan --gpu=' T4 H100
  completes 'nvprov plan --distro debian-' debian-12 debian-13
  completes 'nvprov apply --target ' host image
  completes 'nvprov plan --libraries cublas,cuf' cublas,cufft
  completes 'nvprov plan --with ' cudnn compat video graphics desktop
  completes 'nvprov plan --with cudnn,gr' cudnn,graphics
  completes 'nvprov plan --tools nsight-c' nsight-compute '!nsight-systems'
  completes 'nvprov plan --driver ' lts newest 580
  completes 'nvprov plan --kernel 6 --hold ' version branch none
}
it_completes_arguments_by_their_place() {
  completes 'nvprov export ' shell dockerfile cloud-init
  completes 'nvprov export --gpu T4 s' shell
  completes 'nvprov completion ' bash zsh fish
  mkdir "$work/folder"
  touch "$work/folder/plan.json"
  completes "nvprov apply $work/folder/" "$work/folder/plan.json"
  completes "nvprov export shell $work/folder/pl" "$work/folder/plan.json"
  completes "nvprov detect --root $work/fol" "$work/folder"
  completes "nvprov audit --root $work/folder/" "$work/folder/plan.json"
  completes "nvprov plan --root $work/folder/" '!plan.json'
}
it_needs_a_shell_it_knows() {
  expect 2 "$nvprov" completion
  complains 'needs a shell'
  expect 2 "$nvprov" completion tcsh
  complains fish
}
it_writes_a_script_bash_and_shellcheck_find_nothing_in() {
  [ -s "$work/script" ] || "$nvprov" completion bash >"$work/script"
  bash -n "$work/script"
  ! command -v shellcheck >/dev/null || shellcheck -s bash "$work/script" >&2
}
