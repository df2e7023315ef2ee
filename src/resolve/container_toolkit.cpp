#include "resolve/container_toolkit.hpp"

#include <algorithm>
#include <array>
#include <tl/expected.hpp>

#include "base/text.hpp"
#include "base/version.hpp"
#include "resolve/container_engines.hpp"
#include "resolve/offers.hpp"

namespace nvprov {
namespace {

// What is asked about one toolkit on one host.
struct ToolkitQuestion {
  const HostFacts& facts;
  const ContainerToolkit& toolkit;
  const RepositoryMetadata& metadata;
  const std::vector<std::string>& packages;
};

bool is_asked_for(const Catalog& catalog, const Request& request) {
  return request.target != Target::image && std::ranges::any_of(request.profiles, [&](const std::string& id) {
           const Profile* profile = find_profile(catalog, id);
           return profile != nullptr && profile->host.container_toolkit;
         });
}

bool needs_only_cdi(const std::vector<EngineChoice>& engines, const ContainerToolkit& toolkit) {
  return !engines.empty() && std::ranges::all_of(engines, [&](const EngineChoice& engine) {
    return std::ranges::find(toolkit.cdi_engines, engine.id) != toolkit.cdi_engines.end();
  });
}

// Engines that bring a toolkit of their own have no use for the host's, which may even be in their way.
bool has_use(const std::vector<EngineChoice>& engines, const ContainerToolkit& toolkit) {
  return engines.empty() || std::ranges::any_of(engines, [&](const EngineChoice& engine) {
           const EngineInstallation* installation = find_installation(toolkit, engine.id);
           return installation == nullptr || !installation->own_toolkit;
         });
}

// What the engines need, and what of the toolkit is there already: none of it may stay behind at another version.
std::vector<std::string> needed_packages(const HostFacts& facts, const std::vector<EngineChoice>& engines,
                                         const ContainerToolkit& toolkit) {
  if (!needs_only_cdi(engines, toolkit)) return toolkit.one_version_packages;
  std::vector<std::string> needed;
  for (const std::string& name : toolkit.one_version_packages)
    if (std::ranges::find(toolkit.cdi_packages, name) != toolkit.cdi_packages.end() ||
        find_installed(facts, name) != nullptr)
      needed.push_back(name);
  return needed;
}

std::string package_version(const ContainerToolkit& toolkit, const std::string& release) {
  const std::array<Placeholder, 1> values = {{{"version", release}}};
  return expand(toolkit.package_version, values).value_or(release);
}

// The one release all installed packages of the toolkit have; nullopt where there are none, or several.
std::optional<std::string> installed_release(const ToolkitQuestion& on) {
  std::optional<std::string> release;
  for (const std::string& name : on.toolkit.one_version_packages) {
    const InstalledPackage* package = find_installed(on.facts, name);
    if (package == nullptr) continue;
    std::string found = release_of(package->version);
    if (release && *release != found) return std::nullopt;
    release = std::move(found);
  }
  return release;
}

bool is_whole(const ToolkitQuestion& on) {
  return std::ranges::all_of(on.packages,
                             [&](const std::string& name) { return find_installed(on.facts, name) != nullptr; });
}

bool is_below_floor(const ToolkitQuestion& on, const std::string& release) {
  return compare_versions(release, on.toolkit.security_floor.version) < 0;
}

bool is_on_offer(const ToolkitQuestion& on, const std::string& release) {
  return !on.metadata.known || std::ranges::all_of(on.packages, [&](const std::string& name) {
    return is_in_repository(on.metadata, name, package_version(on.toolkit, release));
  });
}

ContainerToolkitChoice choice_of(const ToolkitQuestion& on, const std::string& release) {
  ContainerToolkitChoice choice{.version = release, .packages = {}, .kept = false};
  for (const std::string& name : on.packages)
    choice.packages.push_back({.name = name, .version = package_version(on.toolkit, release)});
  return choice;
}

// As they are: their own versions are nobody's to tell.
ContainerToolkitChoice kept_choice(const ToolkitQuestion& on, const std::string& release) {
  ContainerToolkitChoice choice{.version = release, .packages = {}, .kept = true};
  for (const std::string& name : on.packages)
    choice.packages.push_back({.name = name, .version = find_installed(on.facts, name)->version});
  return choice;
}

Reason reason_for(const ToolkitQuestion& on, std::string rule, const std::string& release) {
  return {.subject = "container-toolkit",
          .rule = std::move(rule),
          .chosen = release,
          .because = on.toolkit.security_floor.version,
          .sources = on.toolkit.security_floor.sources};
}

// Of those not below the floor, the newest first.
std::vector<std::string> safe_releases(const ToolkitQuestion& on) {
  std::vector<std::string> releases;
  for (const ContainerToolkitRelease& release : on.toolkit.releases)
    if (!is_below_floor(on, release.version)) releases.insert(releases.begin(), release.version);
  return releases;
}

// What the repositories hold of the toolkit, by release.
std::vector<std::string> offered_releases(const ToolkitQuestion& on) {
  std::vector<std::string> releases;
  for (const PackageOffer& offer : on.metadata.offers) {
    if (offer.name != on.packages.front()) continue;
    if (const std::string release = release_of(offer.version); std::ranges::find(releases, release) == releases.end())
      releases.push_back(release);
  }
  std::ranges::sort(releases, [](const auto& left, const auto& right) { return compare_versions(left, right) < 0; });
  return releases;
}

std::vector<Notice> unknown_releases(const ToolkitQuestion& on) {
  std::vector<Notice> notices;
  for (const std::string& release : offered_releases(on))
    if (compare_versions(release, on.toolkit.releases.back().version) > 0)
      notices.push_back({.kind = NoticeKind::release_unknown_to_catalog,
                         .subject = release,
                         .other = on.toolkit.offer.title,
                         .limit = {}});
  return notices;
}

Conflict not_there(const ToolkitQuestion& on, const std::string& release) {
  const auto offered = offered_releases(on);
  return {.reason = ConflictReason::toolkit_not_in_repository,
          .subject = release,
          .other = offered.empty() ? "" : offered.back(),
          .limit = {},
          .sources = on.toolkit.offer.sources};
}

// Why not what is installed; "" where nothing is.
std::string rule_of(const ToolkitQuestion& on, const std::optional<std::string>& installed) {
  return installed && is_below_floor(on, *installed) ? "above-security-floor" : "newest-release";
}

// What is installed in part is completed at its own release.
std::vector<std::string> releases_best_first(const ToolkitQuestion& on, const std::optional<std::string>& installed) {
  std::vector<std::string> releases = safe_releases(on);
  if (!installed || is_below_floor(on, *installed)) return releases;
  std::erase(releases, *installed);
  releases.insert(releases.begin(), *installed);
  return releases;
}

// Who owns the driver of this host may bring the toolkit, too, and set up engines for it.
std::optional<Notice> brought_by_another(const HostFacts& facts, const ContainerToolkit& toolkit) {
  const auto& owner = facts.environment.managed_by;
  if (!owner || std::ranges::find(toolkit.brought_by, owner->owner) == toolkit.brought_by.end()) return std::nullopt;
  return Notice{
      .kind = NoticeKind::toolkit_managed_elsewhere, .subject = owner->owner, .other = owner->evidence, .limit = {}};
}

tl::expected<ToolkitAnswer, Conflict> choose(const ToolkitQuestion& on) {
  const std::optional<std::string> installed = installed_release(on);
  if (installed && is_whole(on) && !is_below_floor(on, *installed))
    return ToolkitAnswer{.choice = kept_choice(on, *installed),
                         .reason = reason_for(on, "installed-stays", *installed),
                         .engines = {},
                         .rejected = {},
                         .notices = {}};
  ToolkitAnswer answer{.choice = {}, .reason = {}, .engines = {}, .rejected = {}, .notices = unknown_releases(on)};
  for (const std::string& release : releases_best_first(on, installed)) {
    if (is_on_offer(on, release)) {
      answer.choice = choice_of(on, release);
      answer.reason = reason_for(on, release == installed ? "completes-installed" : rule_of(on, installed), release);
      return answer;
    }
    answer.rejected.push_back({.subject = "container toolkit " + release, .conflict = not_there(on, release)});
  }
  return tl::unexpected(not_there(on, on.toolkit.security_floor.version));
}

}  // namespace

std::optional<tl::expected<ToolkitAnswer, Conflict>> container_toolkit(const HostFacts& facts, const Catalog& catalog,
                                                                       const Distro& distro, const Request& request,
                                                                       const RepositoryMetadata& metadata) {
  if (!is_asked_for(catalog, request) || !catalog.container_toolkit) return std::nullopt;
  const ContainerToolkit& toolkit = *catalog.container_toolkit;
  if (auto notice = brought_by_another(facts, toolkit))
    return ToolkitAnswer{
        .choice = std::nullopt, .reason = std::nullopt, .engines = {}, .rejected = {}, .notices = {std::move(*notice)}};
  auto engines = container_engines(facts, toolkit, request, metadata);
  if (!engines) return tl::unexpected(engines.error());
  if (!has_use(engines->choices, toolkit))
    return ToolkitAnswer{
        .choice = std::nullopt, .reason = std::nullopt, .engines = std::move(*engines), .rejected = {}, .notices = {}};
  const Repository* repository = toolkit_repository(toolkit, distro);
  if (repository == nullptr || std::ranges::find(repository->addresses, facts.architecture, &RepositoryAddress::arch) ==
                                   repository->addresses.end())
    return tl::unexpected(Conflict{.reason = ConflictReason::toolkit_lacks_architecture,
                                   .subject = distro.name,
                                   .other = facts.architecture,
                                   .limit = {},
                                   .sources = toolkit.offer.sources});
  const std::vector<std::string> packages = needed_packages(facts, engines->choices, toolkit);
  auto answer = choose({facts, toolkit, metadata, packages});
  if (answer) answer->engines = std::move(*engines);
  return answer;
}

const Repository* toolkit_repository(const ContainerToolkit& toolkit, const Distro& distro) {
  const std::string kind = package_kind(distro) == "deb" ? "apt" : "rpm";
  const auto found = std::ranges::find(toolkit.offer.repositories, kind, &Repository::kind);
  return found == toolkit.offer.repositories.end() ? nullptr : &*found;
}

}  // namespace nvprov
