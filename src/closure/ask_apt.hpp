#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "closure/apt_folder.hpp"

namespace nvprov {

// All versions of the packages of these names, as repositories offer them: origin, suite, candidate; no sizes.
Result<std::vector<PackageOffer>> ask_policy(Host& machine, const AptFolder& folder,
                                             const std::vector<std::string>& names);
// Versions and sizes of packages given as apt-cache takes them ("libcuda1", "libcuda1=535.309.01-0+deb12u1").
Result<std::vector<PackageOffer>> ask_sizes(Host& machine, const AptFolder& folder,
                                            const std::vector<std::string>& packages);

}  // namespace nvprov
