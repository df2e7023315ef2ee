#pragma once

#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "base/result.hpp"
#include "closure/deb_world.hpp"
#include "host/downloader.hpp"
#include "host/host.hpp"
#include "metadata/consulted_repositories.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"

namespace nvprov {

// Tells which versions repositories offer and which exact packages an installation would touch, for one target. What
// was read for one question is kept for the next. Entries nvprov cannot fetch itself (cdrom, tor) are left to the
// target's own package manager, which must then be here.
class PackageAsker {
 public:
  PackageAsker(Host& machine, PrivateApt place, std::unique_ptr<Downloader> downloader, FetchOptions options = {});
  ~PackageAsker();
  PackageAsker(const PackageAsker&) = delete;
  PackageAsker& operator=(const PackageAsker&) = delete;

  Host& machine() const { return machine_; }

  // Fetches what is missing or old, checks every signature, and looks up all versions of the packages named. Errors:
  // not_trusted for what is not signed as it should be, failed for anything else, each told apart in words.
  Result<RepositoryMetadata> fetch_metadata(const HostFacts& facts, const ConsultedRepositories& repositories,
                                            const std::vector<std::string>& names);

  // What a person should know of repositories that are used all the same; of the last that were read.
  std::vector<MetadataWarning> warnings() const;

  // The exact set of packages one transaction would touch. `exact`: versions that packages must have if they are drawn
  // in.
  Result<tl::expected<Closure, Unsatisfiable>> close(const HostFacts& facts, const ConsultedRepositories& repositories,
                                                     const std::vector<InstallPackages>& transactions,
                                                     const std::vector<PackageRequest>& exact);

 private:
  using WorldAnswer = tl::expected<DebWorld*, Unfetchable>;
  Result<WorldAnswer> world_for(const HostFacts& facts, const ConsultedRepositories& repositories);

  Host& machine_;
  PrivateApt place_;
  std::unique_ptr<Downloader> downloader_;
  FetchOptions options_;
  std::optional<DebWorld> world_;
  ConsultedRepositories consulted_;  // that world_ was read from, without preferences
};

}  // namespace nvprov
