#include "resolve/offers.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"

namespace nvprov {
namespace {

// A host described by flags has no repositories to look at: every suite of the source is taken as there.
bool is_suite_enabled(const HostFacts& facts, const Distro& distro, const std::string& suite) {
  if (suite.empty()) return true;
  if (facts.package_facts.repositories.empty() && could_not_look(facts, "package_facts.repositories")) return true;
  const std::array<Placeholder, 1> values = {{{"codename", distro.codename}}};
  const std::string wanted = expand(suite, values).value_or(suite);
  return std::ranges::any_of(facts.package_facts.repositories, [&](const RepositoryEntry& entry) {
    return entry.enabled && std::ranges::find(entry.types, "deb") != entry.types.end() &&
           std::ranges::find(entry.suites, wanted) != entry.suites.end();
  });
}

Conflict not_reachable(ConflictReason reason, const std::string& version, const PackageSource& source,
                       const std::string& limit, const std::vector<Source>& sources) {
  return {.reason = reason, .subject = version, .other = source.title, .limit = limit, .sources = sources};
}

}  // namespace

bool is_in_repository(const RepositoryMetadata& metadata, std::string_view package, std::string_view version) {
  return std::ranges::any_of(metadata.offers, [&](const PackageOffer& offer) {
    return offer.name == package && (version.empty() || offer.version == version);
  });
}

bool is_in_repository_at(const RepositoryMetadata& metadata, std::string_view package, std::string_view release) {
  return std::ranges::any_of(metadata.offers, [&](const PackageOffer& offer) {
    return offer.name == package && release_of(offer.version) == release;
  });
}

const RepositoryMetadata& metadata_of(const RepositoryMetadata& metadata, const PackageSource& source) {
  static const RepositoryMetadata nothing;
  const auto& silent = metadata.silent_about;
  return std::ranges::find(silent, source.id) == silent.end() ? metadata : nothing;
}

std::vector<PackageRequest> versions_at(const RepositoryMetadata& metadata, const std::vector<std::string>& packages,
                                        std::string_view release) {
  std::vector<PackageRequest> versions;
  for (const std::string& package : packages) {
    std::optional<std::string> version;
    for (const PackageOffer& offer : metadata.offers)  // by version, so that the newest comes last
      if (offer.name == package && release_of(offer.version) == release) version = offer.version;
    if (version) versions.push_back({.name = package, .version = version});
  }
  return versions;
}

std::optional<Conflict> offer_not_reachable(const DriverOffer& offer, const PackageSource& source, const Distro& distro,
                                            const HostFacts& facts, const RepositoryMetadata& metadata,
                                            const std::vector<std::string>& needed) {
  const DriverPackageSet* set = find_package_set(source, offer.package_set);
  if (set == nullptr) return std::nullopt;  // the catalog's cross checks refuse such data
  if (!metadata.known) {
    if (is_suite_enabled(facts, distro, offer.suite)) return std::nullopt;
    return not_reachable(ConflictReason::suite_not_enabled, offer.version, source, offer.suite, offer.sources);
  }
  const bool all_there = std::ranges::all_of(needed, [&](const std::string& package) {
    const bool versioned = std::ranges::find(set->driver_versioned, package) != set->driver_versioned.end();
    if (versioned && !offer.package_version) return is_in_repository_at(metadata, package, offer.version);
    return is_in_repository(metadata, package, versioned ? *offer.package_version : "");
  });
  if (all_there) return std::nullopt;
  return not_reachable(ConflictReason::driver_not_in_repository, offer.version, source,
                       offer.package_version.value_or(offer.version), offer.sources);
}

std::optional<Conflict> offer_not_reachable(const CudaOffer& offer, const PackageSource& source, const Distro& distro,
                                            const HostFacts& facts, const RepositoryMetadata& metadata) {
  if (!metadata.known) {
    if (is_suite_enabled(facts, distro, offer.suite)) return std::nullopt;
    return not_reachable(ConflictReason::suite_not_enabled, "CUDA " + offer.release, source, offer.suite,
                         offer.sources);
  }
  for (const ComponentPackages& component : offer.components)
    for (const std::string& package : component.packages)
      if (is_in_repository(metadata, package, "")) return std::nullopt;
  return not_reachable(ConflictReason::cuda_not_offered, offer.release, source, {}, offer.sources);
}

std::vector<std::string> unknown_releases(const PackageSource& source, const DriverPackageSet& set,
                                          const RepositoryMetadata& metadata) {
  std::set<std::string> unknown;
  for (const PackageOffer& offer : metadata.offers) {
    if (std::ranges::find(set.driver_versioned, offer.name) == set.driver_versioned.end()) continue;
    const std::string release = release_of(offer.version);
    const bool is_known = std::ranges::any_of(source.drivers, [&](const DriverOffer& known) {
      return known.version == release || known.package_version == offer.version;
    });
    if (!is_known) unknown.insert(release);
  }
  return {unknown.begin(), unknown.end()};
}

bool is_made_for(const ComponentPackages& component, std::string_view architecture) {
  const auto& all = component.architectures;
  return all.empty() || std::ranges::find(all, architecture) != all.end();
}

std::vector<std::string> packages_of(const std::vector<ComponentPackages>& available,
                                     const std::vector<std::string>& components, std::string_view architecture) {
  std::vector<std::string> packages;
  for (const std::string& name : components)
    for (const ComponentPackages& component : available)  // one record for each licence of its packages
      if (component.component == name && is_made_for(component, architecture))
        packages.insert(packages.end(), component.packages.begin(), component.packages.end());
  return packages;
}

std::string release_of(std::string_view package_version) {
  if (const std::size_t colon = package_version.find(':'); colon != std::string_view::npos)
    package_version.remove_prefix(colon + 1);
  return std::string(package_version.substr(0, package_version.rfind('-')));
}

}  // namespace nvprov
