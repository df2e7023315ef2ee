#pragma once

#include "model/catalog.hpp"
#include "model/facts.hpp"

namespace nvprov {

// The facts of a machine that is described and not looked at: its distribution and architecture, and that nothing else
// is known.
HostFacts described_host(const Distro& distro, const DistroArchitecture& architecture);

}  // namespace nvprov
