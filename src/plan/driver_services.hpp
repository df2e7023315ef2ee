#pragma once

#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// The services of the driver that nobody has start with the machine: neither their packages nor the administrator. One
// that the administrator masked stays so.
std::vector<ManageService> driver_services(const HostFacts& facts, const PackageSource& source,
                                           const Resolution& resolution);

// Of a driver that can be used at once they are started too.
void start_services_now(std::vector<Step>& steps);

}  // namespace nvprov
