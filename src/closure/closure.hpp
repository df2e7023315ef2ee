#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "base/result.hpp"
#include "host/host.hpp"
#include "metadata/consulted_repositories.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"

namespace nvprov {

// Asks the real package manager in private folders: no root, the host untouched. It works for the live host and for
// --root: with the apt of the machine nvprov runs on, or with the folder's own dnf through chroot.

// Fetches what is missing or old (signatures checked by the package manager against the host's keys) and looks up all
// versions of the packages named. Errors: not_trusted for a bad signature, failed for anything else, each told apart in
// words.
Result<RepositoryMetadata> fetch_apt_metadata(Host& machine, const PrivateApt& apt, const HostFacts& facts,
                                              const ConsultedRepositories& repositories,
                                              const std::vector<std::string>& names);
Result<RepositoryMetadata> fetch_dnf_metadata(Host& machine, const PrivateApt& where, const HostFacts& facts,
                                              const ConsultedRepositories& repositories,
                                              const std::vector<std::string>& names);

// The exact set of packages one transaction would touch, from the indexes the fetch left in the folder.
Result<tl::expected<Closure, Unsatisfiable>> close_apt_packages(Host& machine, const PrivateApt& apt,
                                                                const HostFacts& facts,
                                                                const ConsultedRepositories& repositories,
                                                                const std::vector<InstallPackages>& transactions);
Result<tl::expected<Closure, Unsatisfiable>> close_dnf_packages(Host& machine, const PrivateApt& where,
                                                                const HostFacts& facts,
                                                                const ConsultedRepositories& repositories,
                                                                const std::vector<InstallPackages>& transactions);

}  // namespace nvprov
