# shellcheck shell=bash
# shellcheck source=tests/contract/groups.sh
source "${BASH_SOURCE[0]%/*}/../groups.sh"

it_is_safe_against_what_apt_and_gpgv_do() { contract_tests apt; }
it_is_safe_against_what_dnf_and_rpm_do() { contract_tests dnf; }
it_fetches_files_by_https_and_nothing_else() { contract_tests https; }
it_fetches_and_verifies_repositories_itself() { contract_tests metadata; }
