#pragma once

#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "base/result.hpp"
#include "closure/deb_world.hpp"
#include "closure/rpm_world.hpp"
#include "host/downloader.hpp"
#include "host/host.hpp"
#include "metadata/consulted_repositories.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"

namespace nvprov {

// Where the target's own dnf works, if that is another place than nvprov's own: in a folder's root.
struct DnfPlace {
  Host* machine = nullptr;
  PrivateApt place;
};

// Tells which versions repositories offer and which exact packages an installation would touch, for one target. What
// was read for one question is kept for the next. Entries nvprov cannot fetch itself (cdrom, tor) are left to the
// target's own package manager, which must then be here.
class PackageAsker {
 public:
  PackageAsker(Host& machine, PrivateApt place, std::unique_ptr<Downloader> downloader, FetchOptions options = {},
               std::optional<DnfPlace> dnf = {});
  ~PackageAsker();
  PackageAsker(const PackageAsker&) = delete;
  PackageAsker& operator=(const PackageAsker&) = delete;

  // Fetches what is missing or old, checks every signature, and looks up all versions of the packages named. Errors:
  // not_trusted for what is not signed as it should be, failed for anything else, each told apart in words.
  Result<RepositoryMetadata> fetch_metadata(const HostFacts& facts, const ConsultedRepositories& repositories,
                                            const std::vector<std::string>& names);

  // What a person should know of repositories that are used all the same; of the last that were read.
  std::vector<MetadataWarning> warnings() const;

  // The exact set of packages one transaction would touch. `exact`: versions that packages must have if they are drawn
  // in; dnf cannot be told so, and what it draws in at another version shows in the answer.
  Result<tl::expected<Closure, Unsatisfiable>> close(const HostFacts& facts, const ConsultedRepositories& repositories,
                                                     const std::vector<InstallPackages>& transactions,
                                                     const std::vector<PackageRequest>& exact);

 private:
  // The world read for the same repositories before, or read now.
  template <class World, class Load>
  Result<tl::expected<World*, Unfetchable>> kept(std::optional<World>& world, Load load, const HostFacts& facts,
                                                 const ConsultedRepositories& repositories);
  using WorldAnswer = tl::expected<DebWorld*, Unfetchable>;
  Result<WorldAnswer> world_for(const HostFacts& facts, const ConsultedRepositories& repositories);

  using RpmWorldAnswer = tl::expected<RpmWorld*, Unfetchable>;
  Result<RpmWorldAnswer> rpm_world_for(const HostFacts& facts, const ConsultedRepositories& repositories);
  Result<RepositoryMetadata> fetch_rpm_metadata(const HostFacts& facts, const ConsultedRepositories& repositories,
                                                const std::vector<std::string>& names);
  Result<tl::expected<Closure, Unsatisfiable>> close_rpms(const HostFacts& facts,
                                                          const ConsultedRepositories& repositories,
                                                          const std::vector<InstallPackages>& transactions);
  Result<tl::expected<Closure, Unsatisfiable>> close_with_files(const HostFacts& facts,
                                                                const ConsultedRepositories& repositories,
                                                                const std::vector<InstallPackages>& transactions);

  Host& machine_;
  PrivateApt place_;
  std::unique_ptr<Downloader> downloader_;
  FetchOptions options_;
  DnfPlace dnf_;
  std::optional<DebWorld> world_;
  std::optional<RpmWorld> rpm_world_;
  ConsultedRepositories consulted_;  // that the world was read from, without preferences
};

}  // namespace nvprov
