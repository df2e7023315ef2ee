#pragma once

#include <memory>

#include "host/host.hpp"

namespace nvprov {

// The files of a machine that is known by its facts alone: none can be found, and nothing can be asked.
std::unique_ptr<HostView> make_unseen_host();

}  // namespace nvprov
