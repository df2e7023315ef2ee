#pragma once

#include <optional>
#include <string>
#include <vector>

#include "resolve/cuda_choice.hpp"
#include "resolve/question.hpp"

namespace nvprov {

// What `--with` asks for, beside every CUDA release the distribution's sources offer.
std::vector<AskedAddition> look_up_additions(const Question& question);

// Adds the libraries with releases of their own that `--with` asks for ("cudnn", "nccl=2.27"), each at the newest
// release that suits this CUDA, the driver and every GPU; objects where there is none, or the source has none.
void rule_additions(CudaCandidate& candidate, const Question& question, const PackageSource& source,
                    const std::optional<std::string>& driver_version);

// To go without CUDA is to go without what stands beside it.
Objection without_addition(const std::string& asked, const PackageSource& source);

}  // namespace nvprov
