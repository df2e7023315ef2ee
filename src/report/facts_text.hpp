#pragma once

#include <string>

#include "model/facts.hpp"
#include "report/layout.hpp"

namespace nvprov {

// What detect found, grouped and aligned; what could not be looked at is told apart from what is not there.
// With verbosity every installed package and repository is listed, not only counted.
std::string facts_text(const HostFacts& facts, const TextOptions& options = {});

}  // namespace nvprov
