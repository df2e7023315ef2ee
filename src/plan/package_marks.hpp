#pragma once

#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// What keeps a driver that stays from leaving with the package that drew it in: from one of its releases on that
// package asks for no driver, and after an upgrade of it nothing does. apt alone tells what was drawn in.
std::vector<SetPackageMark> package_marks(const HostFacts& facts, const PackageSource& source,
                                          const Resolution& resolution);

}  // namespace nvprov
