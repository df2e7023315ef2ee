#include "catalog/lint_parts.hpp"

#include "base/version.hpp"

namespace nvprov {

void complain_of(Diagnostics& problems, std::string file, std::string place, std::string message, std::string hint) {
  problems.push_back({std::move(file), std::move(place), std::move(message), std::move(hint)});
}

std::string branch_of(std::string_view version) { return std::string(version.substr(0, version.find('.'))); }

bool is_known_branch_or_older(const Catalog& catalog, const std::string& branch) {
  return find_branch(catalog, branch) != nullptr ||
         (!catalog.drivers.empty() && compare_versions(branch, catalog.drivers.front().branch) < 0);
}

}  // namespace nvprov
