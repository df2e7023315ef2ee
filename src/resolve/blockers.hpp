#pragma once

#include <vector>

#include "model/facts.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// What stands in the way of installing this driver on this host although it is the right one: a .run driver, an
// interrupted package manager, Secure Boot with a module nobody signed, another driver in use.
std::vector<Conflict> driver_blockers(const HostFacts& facts, const DriverChoice& driver);

// What happens around this driver that the reader must know: nouveau until the reboot, a key to enrol by hand.
std::vector<Notice> driver_notices(const HostFacts& facts, const DriverChoice& driver);

// An interrupted package manager stands in the way of everything.
std::vector<Conflict> package_blockers(const HostFacts& facts);

// What a reader must know of this host whatever is chosen.
std::vector<Notice> host_notices(const HostFacts& facts);

}  // namespace nvprov
