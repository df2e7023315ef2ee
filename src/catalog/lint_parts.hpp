#pragma once

#include <string>
#include <string_view>

#include "base/diagnostic.hpp"
#include "model/catalog.hpp"

namespace nvprov {

// What the rules of lint share.

void complain_of(Diagnostics& problems, std::string file, std::string place, std::string message,
                 std::string hint = {});

// The branch a driver release belongs to: "550" of "550.54.14".
std::string branch_of(std::string_view version);
bool is_known_branch_or_older(const Catalog& catalog, const std::string& branch);

// The rules about what a toolkit is made of and works with.
void lint_toolkits(const Catalog& catalog, Diagnostics& problems);
// The rules about kernels and security bulletins of driver branches.
void lint_driver_support(const Catalog& catalog, Diagnostics& problems);
void lint_forward_compatibility(const Catalog& catalog, Diagnostics& problems);

}  // namespace nvprov
