#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "model/catalog.hpp"

namespace nvprov {

// What sources of distributions and package families have in common.

std::optional<Complaint> a_license(std::string_view text);
std::optional<Complaint> a_flavour(std::string_view text);
// What a component of CUDA is for, and what one of a driver is.
std::optional<Complaint> a_part(std::string_view text);
std::optional<Complaint> a_driver_part(std::string_view text);
// The members "components" and "modules".
std::vector<ComponentPackages> read_components(ObjectReader& reader, const TextRule& part);
std::vector<ModulePackages> read_modules(ObjectReader& reader);

}  // namespace nvprov
