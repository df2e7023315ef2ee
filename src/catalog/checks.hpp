#pragma once

#include <span>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "base/diagnostic.hpp"
#include "catalog/catalog.hpp"
#include "model/finding.hpp"

namespace nvprov {

// Reads the words of checks among these data files: all problems at once, each with file and JSON path. By id.
tl::expected<std::vector<Check>, Diagnostics> load_checks(std::span<const DataFile> files);

// The same on top of others: words of the same check take the others' place.
tl::expected<std::vector<Check>, Diagnostics> overlay_checks(const std::vector<Check>& base,
                                                             std::span<const DataFile> files);

}  // namespace nvprov
