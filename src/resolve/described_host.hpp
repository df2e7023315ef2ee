#pragma once

#include <string>

#include "model/catalog.hpp"
#include "model/facts.hpp"

namespace nvprov {

// The facts of a machine nobody looked at: its distribution and processor, all else unknown. `arch` is one of the
// distribution's, as uname -m says it.
HostFacts described_host(const Distro& distro, const std::string& arch);

}  // namespace nvprov
