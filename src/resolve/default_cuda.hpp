#pragma once

#include <optional>

#include "model/resolution.hpp"
#include "resolve/question.hpp"

namespace nvprov {

// Which CUDA release the shared link leads to after this resolution: as `--default-cuda` says, else what the packages
// themselves do is noted where several are side by side. A release that is neither planned nor installed, or packages
// that share no link, are told.
std::optional<Conflict> add_default_cuda(Resolution& resolution, const Question& question);

}  // namespace nvprov
