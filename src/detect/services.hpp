#pragma once

#include <set>
#include <string>
#include <vector>

#include "host/host.hpp"
#include "model/facts.hpp"

namespace nvprov {

// Whether these services start with the machine, as far as their unit files are there. Read from files alone: a disk
// that does not run has no other witness.
std::vector<ServiceState> detect_services(const HostView& host, const std::set<std::string>& units,
                                          Diagnostics& diagnostics);

}  // namespace nvprov
