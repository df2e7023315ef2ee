#pragma once

#include <string>

#include "host/host.hpp"

namespace nvprov {

// A path as the caller meant it: a relative one begins in the folder they are in, which is never the target's.
std::string absolute_path(const HostView& machine, const std::string& path);

}  // namespace nvprov
