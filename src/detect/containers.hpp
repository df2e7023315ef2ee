#pragma once

#include <vector>

#include "host/host.hpp"
#include "model/facts.hpp"

namespace nvprov {

// The container engines whose executables are there, whether they run or not.
std::vector<ContainerEngine> detect_container_engines(const HostView& host, Diagnostics& diagnostics);

}  // namespace nvprov
