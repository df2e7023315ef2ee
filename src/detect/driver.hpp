#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "host/host.hpp"
#include "model/facts.hpp"

namespace nvprov {

// The first line of /proc/driver/nvidia/version: release and flavour of the loaded module.
std::optional<LoadedDriver> parse_module_version(std::string_view text);
// "libcuda.so.535.309.01" is "535.309.01"; nullopt for the link "libcuda.so.1" and all else.
std::optional<std::string> parse_library_name(std::string_view name);

// The module loaded now, nouveau: only for a host whose kernel is the target's.
void detect_loaded_driver(const HostView& host, DriverFacts& driver, Diagnostics& diagnostics);
// Libraries and a .run installation, from the target's disk. `architecture` as uname -m, "" unknown.
void detect_driver_files(const HostView& host, const std::string& architecture, DriverFacts& driver,
                         Diagnostics& diagnostics);

}  // namespace nvprov
