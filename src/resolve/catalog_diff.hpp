#pragma once

#include <string>

#include "model/catalog_diff.hpp"

namespace nvprov {

// Which answers differ between two catalogs, for every GPU, distribution (on each of its processors) and profile of
// either. Both must have the offers of all distributions filled in. `today` (YYYY-MM-DD) decides whose support has
// ended.
CatalogDiff diff_answers(const Catalog& before, const Catalog& after, const std::string& today);

}  // namespace nvprov
