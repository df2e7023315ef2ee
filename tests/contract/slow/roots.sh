# shellcheck shell=bash
# shellcheck source=tests/contract/groups.sh
source "${BASH_SOURCE[0]%/*}/../groups.sh"

it_asks_what_a_real_root_would_do() { contract_tests network; }
it_is_safe_against_what_debian_13_does() { contract_tests trixie; }
