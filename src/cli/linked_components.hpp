#pragma once

#include <span>

#include "model/linked_component.hpp"

namespace nvprov {

// Everything linked in, as cmake/licenses.cmake wrote it; of libraries that are loaded at run time only what their
// headers brought in.
std::span<const LinkedComponent> linked_components();

}  // namespace nvprov
