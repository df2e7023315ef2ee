#pragma once

#include "model/catalog.hpp"

namespace nvprov {

// Fills in what each source of a package family offers: a package set for each era (for each branch where the names
// hold one), a driver offer for each release of its branches, a CUDA offer for each release it holds.
void expand_families(Catalog& catalog);

// The same catalog as its files say it, without what expand_families() adds.
Catalog without_expansions(Catalog catalog);

}  // namespace nvprov
