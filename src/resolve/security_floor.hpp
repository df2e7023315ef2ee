#pragma once

#include <string_view>

#include "model/catalog.hpp"

namespace nvprov {

// The bulletin that says a driver release is vulnerable, or nullptr. That there is none says nothing of a branch whose
// support is over: bulletins name branches that still get fixes.
const SecurityFloor* bulletin_against(const DriverBranch& branch, std::string_view version);

}  // namespace nvprov
