#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "base/result.hpp"
#include "host/host.hpp"
#include "model/facts.hpp"
#include "model/network.hpp"
#include "model/plan.hpp"

namespace nvprov {

// Asks the real package manager in private folders: no root, the host untouched. It works for the live host and for
// --root: with the apt of the machine nvprov runs on, or with the folder's own dnf through chroot.

struct PrivateApt {
  std::string cache_folder;  // the caller's own: indexes are kept here between runs
  std::string target_root;   // "/" or the --root DIR, as the machine nvprov runs on sees it
  NetworkSettings network = {};
};

// The repositories to consult: the host's own entries plus the files the plan would add.
struct ConsultedRepositories {
  std::vector<RepositoryEntry> entries;
  std::vector<AddRepository> added;
  std::vector<WriteFile> preferences;  // hold files the plan would add
  std::vector<ImportKey> keys;         // of the files added
  std::vector<RemoveRepository> removed;
  std::vector<EnableRepository> enabled = {};
  std::vector<WriteFile> files = {};         // that the files added name: certificates
  std::vector<std::string> unfiltered = {};  // addresses whose packages count in spite of dnf's module streams
};

// Fetches what is missing or old (signatures checked by the package manager against the host's keys) and looks up all
// versions of the packages named. Errors: not_trusted for a bad signature, failed for anything else, each told apart in
// words. The one without the manager's name takes the host's.
Result<RepositoryMetadata> fetch_metadata(Host& machine, const PrivateApt& apt, const HostFacts& facts,
                                          const ConsultedRepositories& repositories,
                                          const std::vector<std::string>& names);
Result<RepositoryMetadata> fetch_apt_metadata(Host& machine, const PrivateApt& apt, const HostFacts& facts,
                                              const ConsultedRepositories& repositories,
                                              const std::vector<std::string>& names);
Result<RepositoryMetadata> fetch_dnf_metadata(Host& machine, const PrivateApt& where, const HostFacts& facts,
                                              const ConsultedRepositories& repositories,
                                              const std::vector<std::string>& names);

// The exact set of packages one transaction would touch, from the indexes fetch_metadata() left in the folder.
Result<tl::expected<Closure, Unsatisfiable>> close_packages(Host& machine, const PrivateApt& apt,
                                                            const HostFacts& facts,
                                                            const ConsultedRepositories& repositories,
                                                            const std::vector<InstallPackages>& transactions);
Result<tl::expected<Closure, Unsatisfiable>> close_apt_packages(Host& machine, const PrivateApt& apt,
                                                                const HostFacts& facts,
                                                                const ConsultedRepositories& repositories,
                                                                const std::vector<InstallPackages>& transactions);
Result<tl::expected<Closure, Unsatisfiable>> close_dnf_packages(Host& machine, const PrivateApt& where,
                                                                const HostFacts& facts,
                                                                const ConsultedRepositories& repositories,
                                                                const std::vector<InstallPackages>& transactions);

}  // namespace nvprov
