#pragma once

#include <memory>

#include "host/host.hpp"

namespace nvprov {

// The same view of a root, with its rpm database read by the rpm of this machine, from a private copy that is gone when
// the view is: no program of the root is run, and no right to run one is needed. Where this machine has no rpm, or one
// that cannot read the database, the root's own is asked as before. `machine` must outlive it.
std::unique_ptr<HostView> with_borrowed_rpm(std::unique_ptr<HostView> root, const HostView& machine);

}  // namespace nvprov
