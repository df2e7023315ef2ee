#pragma once

#include <string_view>

#include "model/catalog.hpp"

namespace nvprov {

// Fills in what each source of a package family offers: a package set for each era (for each branch where the names
// hold one), a driver offer for each release of its branches, a CUDA offer for each release it holds. A catalog that
// was just loaded has none of this: it takes many times longer than loading, and most runs are about one distribution.
void expand_families(Catalog& catalog);
void expand_families(Catalog& catalog, std::string_view distro_id);

// The same catalog as its files say it, without what expand_families() adds.
Catalog without_expansions(Catalog catalog);

}  // namespace nvprov
