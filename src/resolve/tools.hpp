#pragma once

#include <string>
#include <vector>

#include "model/catalog.hpp"
#include "model/resolution.hpp"
#include "resolve/cuda_choice.hpp"
#include "resolve/question.hpp"

namespace nvprov {

// The components of a release that `--tools` asks for: those named, and of `all` those it has for this machine that
// nothing is known against.
std::vector<std::string> tools_of(const CudaOffer& offer, const Question& question);

// Objects where a tool that is named is none of the release's.
void rule_tools_offered(CudaCandidate& candidate, const Question& question, const PackageSource& source);

// What tools bring that nobody asks for, and which of `all` are left out.
std::vector<Notice> tool_notices(const CudaOffer& offer, const Question& question, const PackageSource& source);

}  // namespace nvprov
