#pragma once

#include <vector>

#include "host/host.hpp"
#include "model/container_toolkit.hpp"
#include "model/facts.hpp"

namespace nvprov {

// The container engines of the catalog whose programs are there, whether they run or not. It is the engine that counts,
// not its command line: that may talk to another machine.
std::vector<ContainerEngine> detect_container_engines(const HostView& host,
                                                      const std::vector<EngineInstallation>& installations,
                                                      Diagnostics& diagnostics);

}  // namespace nvprov
