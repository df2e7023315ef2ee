#pragma once

#include <string>

#include "base/json.hpp"
#include "model/catalog.hpp"

namespace nvprov {

// What was checked and found to be sound: how many records of each kind, and of which day.
std::string lint_text(const Catalog& catalog);
Json lint_to_json(const Catalog& catalog);  // "nvprov.lint/1"

}  // namespace nvprov
