#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "detect/place.hpp"
#include "host/host.hpp"
#include "model/facts.hpp"

namespace nvprov {

// "kvm", "vmware", ... from the firmware's vendor and product names; nullopt: no virtual machine that is known.
std::optional<std::string> parse_virtual_machine(std::string_view vendor, std::string_view product);
EnvironmentFacts detect_environment(const HostView& host, const Place& place, const KernelFacts& kernel,
                                    Diagnostics& diagnostics);

}  // namespace nvprov
