#include "closure/closure.hpp"
#include "packages/dnf.hpp"

namespace nvprov {
namespace {

bool has_dnf(const HostFacts& facts) { return dnf_generation(facts.package_facts.manager.value_or("")).has_value(); }

}  // namespace

Result<RepositoryMetadata> fetch_metadata(Host& machine, const PrivateApt& apt, const HostFacts& facts,
                                          const ConsultedRepositories& repositories,
                                          const std::vector<std::string>& names) {
  return has_dnf(facts) ? fetch_dnf_metadata(machine, apt, facts, repositories, names)
                        : fetch_apt_metadata(machine, apt, facts, repositories, names);
}

Result<tl::expected<Closure, Unsatisfiable>> close_packages(Host& machine, const PrivateApt& apt,
                                                            const HostFacts& facts,
                                                            const ConsultedRepositories& repositories,
                                                            const std::vector<InstallPackages>& transactions) {
  return has_dnf(facts) ? close_dnf_packages(machine, apt, facts, repositories, transactions)
                        : close_apt_packages(machine, apt, facts, repositories, transactions);
}

}  // namespace nvprov
