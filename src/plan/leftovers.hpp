#pragma once

#include <string>
#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"

namespace nvprov {

// Whether the package is of a module build of the driver's set that was not chosen: "nvidia-kernel-dkms" where the open
// module is. It neither moves along with the driver nor stays beside it.
bool is_of_other_module(const PackageSource& source, const DriverChoice& driver, const std::string& name);

// Installed parts of the driver that was there before which this closure would leave beside the new one: module builds
// not chosen, and what carries the old release and does not come from the new driver's source. Names, sorted; none for
// a driver that stays. dnf has no transaction that installs and removes by name: with it there are none, and what
// conflicts leaves.
std::vector<std::string> leftovers(const HostFacts& facts, const Catalog& catalog, const Resolution& resolution,
                                   const Closure& closure);

// Installed packages that the container toolkit took the place of; none where the toolkit stays as it is. With dnf
// there are none here either.
std::vector<std::string> retired_packages(const HostFacts& facts, const Catalog& catalog, const Resolution& resolution);

}  // namespace nvprov
