#pragma once

#include <string>
#include <vector>

#include "explain/package_records.hpp"
#include "model/catalog.hpp"
#include "model/concept.hpp"

namespace nvprov {

// Records of packages as rows, those that say the same of several branches, releases or distributions in one.
std::vector<std::vector<std::string>> record_rows(const std::vector<PackageRecord>& records, const Catalog& catalog,
                                                  Language language);

// "12.0 to 12.9, 13.1": releases of an ordered list with those that follow each other drawn together.
std::string spans(const std::vector<std::string>& releases, const std::vector<std::string>& all, Language language);

// The branches, and the CUDA releases, of a catalog in order.
std::vector<std::string> all_branches(const Catalog& catalog);
std::vector<std::string> all_cuda(const Catalog& catalog);

}  // namespace nvprov
