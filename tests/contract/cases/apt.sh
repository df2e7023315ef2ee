# shellcheck shell=bash
# shellcheck source=tests/contract/groups.sh
source "${BASH_SOURCE[0]%/*}/../groups.sh"

it_asks_the_real_apt_on_a_disk_in_a_folder() { contract_tests local; }
it_asks_the_real_apt_as_a_plain_user() { contract_tests local-as-user; }
