#pragma once

#include <optional>
#include <string>

#include "resolve/cuda_choice.hpp"
#include "resolve/question.hpp"

namespace nvprov {

// Whether `--with compat` was given: nothing else makes a compatibility package an answer.
bool wants_compat(const Request& request);

// Adds the compatibility package of a CUDA release where one was asked for and does something on this driver; objects
// where it does not work over the driver, a GPU may not use it, or the source has none.
void rule_compat(CudaCandidate& candidate, const Question& question, const PackageSource& source,
                 const std::optional<std::string>& driver_version);

}  // namespace nvprov
