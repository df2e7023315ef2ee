#pragma once

#include <string>

#include "base/json.hpp"
#include "model/catalog_diff.hpp"
#include "report/layout.hpp"

namespace nvprov {

// What changes for hosts from one catalog to another: what becomes possible, impossible, different.
std::string catalog_diff_text(const CatalogDiff& diff, const TextOptions& options);
Json catalog_diff_to_json(const CatalogDiff& diff);  // "nvprov.manifest-diff/1"

}  // namespace nvprov
