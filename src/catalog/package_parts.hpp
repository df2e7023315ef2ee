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
// Members of a component that need not be there.
std::vector<std::string> read_component_architectures(ObjectReader& item);
std::optional<std::string> read_what_it_brings(ObjectReader& item);
std::optional<std::string> read_host_compiler(ObjectReader& item);
std::vector<ModulePackages> read_modules(ObjectReader& reader);

}  // namespace nvprov
