#pragma once

#include <string>

#include "base/result.hpp"
#include "host/host.hpp"

namespace nvprov {

// As root only what root owns and nobody else may write is used; for other users everything passes.
Status check_owner(const HostView& machine, const std::string& path);

}  // namespace nvprov
