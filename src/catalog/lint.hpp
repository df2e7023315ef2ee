#pragma once

#include "base/diagnostic.hpp"
#include "model/catalog.hpp"

namespace nvprov {

// What is wrong with a catalog whose every record is sound and whose references hold: records that nothing can come
// of, ranges with gaps, dates and versions that cannot be. Each problem with the file it stands in and its JSON path,
// where GPUs are named by their PCI id. Empty for data worth publishing.
Diagnostics lint_catalog(Catalog catalog);

}  // namespace nvprov
