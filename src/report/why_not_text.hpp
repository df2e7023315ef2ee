#pragma once

#include <string>

#include "model/why_not.hpp"
#include "report/layout.hpp"

namespace nvprov {

// Why an answer is not the one asked about.
std::string why_not_text(const WhyNot& answer, const TextOptions& options);

}  // namespace nvprov
