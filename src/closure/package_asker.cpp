#include "closure/package_asker.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "closure/changes.hpp"
#include "closure/closure.hpp"
#include "packages/dnf.hpp"

namespace nvprov {
namespace {

constexpr const char* asking_versions = "asking the repositories which versions they offer";
constexpr const char* asking_packages = "finding out which packages belong to the installation";

bool has_dnf(const HostFacts& facts) { return dnf_generation(facts.package_facts.manager.value_or("")).has_value(); }

// As apt names them: "libc6", "libc6:i386".
std::vector<std::string> held_names(const HostFacts& facts) {
  std::vector<std::string> names;
  for (const InstalledPackage& package : facts.package_facts.packages) {
    const bool is_own = package.architecture == "all" || package.architecture == facts.package_facts.architecture;
    if (package.held) names.push_back(is_own ? package.name : package.name + ":" + package.architecture);
  }
  return names;
}

// As dnf names them: "libfoo.x86_64".
std::vector<std::string> locked_names(const HostFacts& facts) {
  std::vector<std::string> names;
  for (const InstalledPackage& package : facts.package_facts.packages)
    if (package.held) names.push_back(package.name + "." + package.architecture);
  return names;
}

// Files that only the long lists of all files tell of, which dnf would read.
bool misses_file(const Unsatisfiable& refusal) {
  return std::ranges::any_of(refusal.conflicts, [](const Conflict& conflict) {
    return conflict.reason == ConflictReason::package_need_missing && conflict.other.starts_with('/');
  });
}

RepositoryMetadata metadata_of(const FetchedMetadata& fetched, std::vector<PackageOffer> offers) {
  return {.known = true,
          .silent_about = {},
          .digest = fetched.digest,
          .fetched_at = format_timestamp(fetched.fetched_at),
          .offers = std::move(offers)};
}

// The package manager of a machine that is not here cannot be asked in nvprov's place.
Error cannot_be_asked_from_here(const Unfetchable& entries) {
  Error error{.kind = ErrorKind::failed,
              .message = "not all repositories of that machine can be asked from here",
              .because = {},
              .hints = {"`--offline` plans by the catalog alone", "or plan on the machine itself"},
              .context = {}};
  for (const UnfetchableEntry& entry : entries)
    error.because.push_back(fmt::format("{}, line {}: {}: {}", entry.file, entry.line, entry.uri, entry.reason));
  return error;
}

void add_marks(Closure& closure, const HostFacts& facts, const InstallPackages& all) {
  for (PackageChange& change : closure.packages) {
    change.requested = is_requested(change, all);
    const InstalledPackage* package = change.old_version ? find_package(facts, change) : nullptr;
    change.held = package != nullptr && package->held;
  }
}

}  // namespace

PackageAsker::PackageAsker(Host& machine, PrivateApt place, std::unique_ptr<Downloader> downloader,
                           FetchOptions options, std::optional<DnfPlace> dnf)
    : machine_(machine),
      place_(std::move(place)),
      downloader_(std::move(downloader)),
      options_(std::move(options)),
      dnf_(dnf ? std::move(*dnf) : DnfPlace{&machine, place_}) {}
PackageAsker::~PackageAsker() = default;

template <class World, class Load>
Result<tl::expected<World*, Unfetchable>> PackageAsker::kept(std::optional<World>& world, Load load,
                                                             const HostFacts& facts,
                                                             const ConsultedRepositories& repositories) {
  using Answer = tl::expected<World*, Unfetchable>;
  ConsultedRepositories asked = repositories;
  asked.preferences.clear();
  if (world && asked == consulted_) return Answer(&*world);
  world.reset();
  auto fetched = fetch_repositories(machine_, place_, facts, repositories, *downloader_, options_);
  if (!fetched) return fail(fetched.error());
  if (!*fetched && place_.target_root.empty()) return fail(cannot_be_asked_from_here(fetched->error()));
  if (!*fetched) return Answer(tl::unexpected<Unfetchable>(std::move(fetched->error())));
  auto loaded = load(machine_, place_, facts, std::move(**fetched));
  if (!loaded) return fail(loaded.error());
  world = std::move(*loaded);
  consulted_ = std::move(asked);
  return Answer(&*world);
}

Result<PackageAsker::WorldAnswer> PackageAsker::world_for(const HostFacts& facts,
                                                          const ConsultedRepositories& repositories) {
  auto world = kept(world_, load_deb_world, facts, repositories);
  if (world && *world)
    world_->universe.set_pins(AptPins(pins_of(facts, repositories.preferences), world_->default_release));
  return world;
}

std::vector<MetadataWarning> PackageAsker::warnings() const {
  if (world_) return world_->fetched.warnings;
  return rpm_world_ ? rpm_world_->fetched.warnings : std::vector<MetadataWarning>();
}

Result<RepositoryMetadata> PackageAsker::fetch_metadata(const HostFacts& facts,
                                                        const ConsultedRepositories& repositories,
                                                        const std::vector<std::string>& names) {
  if (has_dnf(facts)) return fetch_rpm_metadata(facts, repositories, names);
  const auto world = world_for(facts, repositories);
  if (!world) return fail(world.error().in(asking_versions));
  if (!*world) return fetch_apt_metadata(machine_, place_, facts, repositories, names);
  std::vector<std::string> sorted = names;
  std::ranges::sort(sorted);
  return metadata_of((**world)->fetched, (**world)->universe.offers(sorted));
}

Result<PackageAsker::RpmWorldAnswer> PackageAsker::rpm_world_for(const HostFacts& facts,
                                                                 const ConsultedRepositories& repositories) {
  return kept(rpm_world_, load_rpm_world, facts, repositories);
}

Result<RepositoryMetadata> PackageAsker::fetch_rpm_metadata(const HostFacts& facts,
                                                            const ConsultedRepositories& repositories,
                                                            const std::vector<std::string>& names) {
  const auto world = rpm_world_for(facts, repositories);
  if (!world) return fail(world.error().in(asking_versions));
  if (!*world) return fetch_dnf_metadata(*dnf_.machine, dnf_.place, facts, repositories, names);
  return metadata_of((**world)->fetched, (**world)->universe.offers(names));
}

Result<tl::expected<Closure, Unsatisfiable>> PackageAsker::close_rpms(
    const HostFacts& facts, const ConsultedRepositories& repositories,
    const std::vector<InstallPackages>& transactions) {
  const InstallPackages all = union_of(transactions);
  const auto world = rpm_world_for(facts, repositories);
  if (!world) return fail(world.error().in(asking_packages));
  if (!*world) return close_dnf_packages(*dnf_.machine, dnf_.place, facts, repositories, transactions);
  // Only what the command line of dnf will say: it removes nothing by name while it installs.
  InstallPackages wanted = all;
  wanted.leaving.clear();
  auto closure = (**world)->universe.close({.wanted = std::move(wanted), .held = locked_names(facts)});
  if (!closure && misses_file(closure.error()) && !options_.filelists)
    return close_with_files(facts, repositories, transactions);
  if (closure) add_marks(*closure, facts, all);
  return closure;
}

// Without network the lists may not be here: then nobody can tell, and what is asked next goes on without them.
Result<tl::expected<Closure, Unsatisfiable>> PackageAsker::close_with_files(
    const HostFacts& facts, const ConsultedRepositories& repositories,
    const std::vector<InstallPackages>& transactions) {
  options_.filelists = true;
  rpm_world_.reset();
  auto closure = close_rpms(facts, repositories, transactions);
  if (!closure && options_.offline) options_.filelists = false;
  return closure;
}

Result<tl::expected<Closure, Unsatisfiable>> PackageAsker::close(const HostFacts& facts,
                                                                 const ConsultedRepositories& repositories,
                                                                 const std::vector<InstallPackages>& transactions,
                                                                 const std::vector<PackageRequest>& exact) {
  const InstallPackages all = union_of(transactions);
  if (all.packages.empty()) return Closure{true, {}, 0, 0};
  if (has_dnf(facts)) return close_rpms(facts, repositories, transactions);
  const auto world = world_for(facts, repositories);
  if (!world) return fail(world.error().in(asking_packages));
  if (!*world) return close_apt_packages(machine_, place_, facts, repositories, transactions);
  auto closure = (**world)->universe.close({.wanted = all, .exact = exact, .held = held_names(facts)});
  if (closure) add_marks(*closure, facts, all);
  return closure;
}

}  // namespace nvprov
