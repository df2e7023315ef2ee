#pragma once

#include <string>

#include "base/json.hpp"
#include "model/lockfile.hpp"

namespace nvprov {

// A lock's packages as others read them. The same lock gives the same bytes: what a form wants of time is the day of
// the lock's catalog, and what it wants of identity is the lock's digest.

// SPDX 2.3, https://spdx.github.io/spdx-spec/v2.3/
Json lock_to_spdx(const Lockfile& lock);
// CycloneDX 1.5, https://cyclonedx.org/docs/1.5/json/
Json lock_to_cyclonedx(const Lockfile& lock);

// The package's address by https://github.com/package-url/purl-spec: "pkg:deb/debian/libcuda1@535.1?arch=amd64".
std::string package_url(const LockedPackage& package, const Lockfile& lock);

}  // namespace nvprov
