#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// What a repository holds, as far as it was asked, and as the catalog says where it was not.

// Whether metadata offers this package at this version ("" = at any).
bool is_in_repository(const RepositoryMetadata& metadata, std::string_view package, std::string_view version);

// Whether metadata offers this package at this driver release, whatever the packages' own revision.
bool is_in_repository_at(const RepositoryMetadata& metadata, std::string_view package, std::string_view release);

// What is known of this source: nothing where its repositories were not asked.
const RepositoryMetadata& metadata_of(const RepositoryMetadata& metadata, const PackageSource& source);

// Of these packages the versions that carry this driver release, the newest of each; none for a package that has none.
std::vector<PackageRequest> versions_at(const RepositoryMetadata& metadata, const std::vector<std::string>& packages,
                                        std::string_view release);

// Why this driver release cannot be had from the source on this host, if it cannot: its suite is not enabled, or the
// repository that was asked does not hold it.
// `needed`: the packages that would be asked for.
std::optional<Conflict> offer_not_reachable(const DriverOffer& offer, const PackageSource& source, const Distro& distro,
                                            const HostFacts& facts, const RepositoryMetadata& metadata,
                                            const std::vector<std::string>& needed);
// The same for a CUDA release.
std::optional<Conflict> offer_not_reachable(const CudaOffer& offer, const PackageSource& source, const Distro& distro,
                                            const HostFacts& facts, const RepositoryMetadata& metadata);

// Driver versions the repository offers of a package set that the catalog does not know.
std::vector<std::string> unknown_releases(const PackageSource& source, const DriverPackageSet& set,
                                          const RepositoryMetadata& metadata);

// Whether an architecture has the packages of a component.
bool is_made_for(const ComponentPackages& component, std::string_view architecture);

// The packages of a set's components, those it has; `components` a profile names and the set lacks are skipped.
std::vector<std::string> packages_of(const std::vector<ComponentPackages>& available,
                                     const std::vector<std::string>& components, std::string_view architecture);

// The upstream part of a package version: "1:535.309.01-0+deb12u1" is "535.309.01".
std::string release_of(std::string_view package_version);

}  // namespace nvprov
