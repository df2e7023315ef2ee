#pragma once

#include <string>

#include "base/json.hpp"
#include "model/catalog.hpp"
#include "model/lockfile.hpp"

namespace nvprov {

// A lock's packages as others read them. The same lock and kind of packages give the same bytes: what a form wants
// of time is the day of the lock's catalog, and what it wants of identity is the lock's digest. The kind is of the
// catalog at hand, which may know a distribution that another does not.

// Whose packages they are, in the words of https://github.com/package-url/purl-spec.
struct PackageKind {
  std::string type = "generic";  // "deb", "rpm"
  std::string vendor;            // "debian"

  bool operator==(const PackageKind&) const = default;
};
// Of a distribution; a generic one where the catalog does not know it, or nvprov installs nothing on it.
PackageKind kind_of_packages(const Distro* distro);

// SPDX 2.3, https://spdx.github.io/spdx-spec/v2.3/
Json lock_to_spdx(const Lockfile& lock, const PackageKind& kind);
// CycloneDX 1.5, https://cyclonedx.org/docs/1.5/json/
Json lock_to_cyclonedx(const Lockfile& lock, const PackageKind& kind);

// The package's address by https://github.com/package-url/purl-spec: "pkg:deb/debian/libcuda1@535.1?arch=amd64".
std::string package_url(const LockedPackage& package, const Lockfile& lock, const PackageKind& kind);

}  // namespace nvprov
