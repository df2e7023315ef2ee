#pragma once

#include <vector>

#include "model/resolution.hpp"
#include "resolve/question.hpp"

namespace nvprov {

// What works on this host, or was asked of it before, and will not any more with this resolution: CUDA releases that
// lose the driver they need, targets a new toolkit no longer compiles for, compatibility packages that do harm, GPUs
// the request passes over.
std::vector<Loss> losses_of(const Resolution& resolution, const Question& question);

}  // namespace nvprov
