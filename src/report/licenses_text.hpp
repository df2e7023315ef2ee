#pragma once

#include <span>
#include <string>

#include "model/linked_component.hpp"

namespace nvprov {

// A table of names, versions and SPDX ids, then each licence in full under its component's name.
std::string licenses_text(std::span<const LinkedComponent> components);

}  // namespace nvprov
