#pragma once

#include <vector>

#include "base/environment_variable.hpp"
#include "model/catalog.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// What the profiles want an image to carry, in the order they name it; variables that tell of the CUDA release are
// left out where none was resolved. Nothing for a host.
std::vector<EnvironmentVariable> image_environment(const Catalog& catalog, const Resolution& resolution);

}  // namespace nvprov
