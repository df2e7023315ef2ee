#pragma once

#include "base/diagnostic.hpp"
#include "model/catalog.hpp"

namespace nvprov {

// The part of lint_catalog that is about what stands beside driver and CUDA: libraries, the container toolkit, the
// fabric.
void lint_beside(const Catalog& catalog, Diagnostics& problems);

}  // namespace nvprov
