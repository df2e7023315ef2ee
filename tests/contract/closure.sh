# shellcheck shell=bash
# shellcheck disable=SC2154
# The tests of nvprov_contract_tests as shell cases, one per place they run in.

contract_tests() {
  local build program status=0
  build=$(dirname "$nvprov")
  program=$build/tests/contract/nvprov_contract_tests
  cmake --build "$build" --target nvprov_contract_tests
  "$top/tests/contract/run" "$1" "$program" || status=$?
  exit "$status"
}

it_asks_the_real_apt_on_a_disk_in_a_folder() { contract_tests local; }
it_asks_the_real_apt_as_a_plain_user() { contract_tests local-as-user; }
it_fetches_files_by_https_and_nothing_else() { contract_tests https; }
it_asks_what_a_real_root_would_do() { contract_tests network; }
