#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "host/host.hpp"
#include "model/journal.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// "proprietary" or "open" for the license a kernel module of NVIDIA names; nullopt for any other.
std::optional<std::string_view> flavour_of_license(std::string_view license);

// Whether this kernel has the module at the driver's version and flavour; true where modinfo cannot be asked.
bool has_module(const HostView& host, const DriverChoice& driver, const std::string& kernel);

// Proves that every installed kernel the driver must load on has the module at the planned version and flavour. Adds
// to the report what is proven and what cannot be looked at; fails naming DKMS's log where a module is another or
// missing.
Status prove_modules(const HostView& host, const Resolution& resolution, ApplyReport& report);

}  // namespace nvprov
