#pragma once

#include <optional>
#include <string>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "resolve/kernel_support.hpp"

namespace nvprov {

// A kernel of a distribution as kernel_support() asks for it: what its numbers tell of upstream's, and under which
// distribution breaks of its own numbers are filed.
HostKernel host_kernel(const Distro& distro, std::string release);

// The kernel that boots next, the newest that is installed; nullopt where none is known.
std::optional<HostKernel> next_host_kernel(const HostFacts& facts, const Distro& distro);

}  // namespace nvprov
