#pragma once

#include <span>
#include <tl/expected.hpp>
#include <vector>

#include "base/diagnostic.hpp"
#include "catalog/catalog.hpp"
#include "model/concept.hpp"

namespace nvprov {

// Reads the concepts among these data files and checks that they agree with each other: all problems at once, each
// with file and JSON path. They come in the order a newcomer should meet them.
tl::expected<std::vector<Concept>, Diagnostics> load_concepts(std::span<const DataFile> files);

// The same on top of others: a concept of the same id takes the other's place, a new one is added.
tl::expected<std::vector<Concept>, Diagnostics> overlay_concepts(const std::vector<Concept>& base,
                                                                 std::span<const DataFile> files);

}  // namespace nvprov
