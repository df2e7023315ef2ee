# shellcheck shell=bash
# shellcheck disable=SC2154
# The groups of nvprov_contract_tests as shell cases; the program is built beside $nvprov.

contract_tests() {
  local status=0
  "$top/tests/contract/run" "$1" "$(dirname "$nvprov")/tests/contract/nvprov_contract_tests" || status=$?
  exit "$status"
}
