# shellcheck shell=bash
# shellcheck source=tests/contract/groups.sh
source "${BASH_SOURCE[0]%/*}/../groups.sh"

it_writes_what_the_real_containerd_and_dockerd_take() { contract_tests engines; }
