#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"
#include "model/request.hpp"
#include "model/resolution.hpp"
#include "resolve/refusal.hpp"

namespace nvprov {

// Resolves again for changed facts or a changed request; nullopt where that is refused.
using ResolveAgain = std::function<std::optional<Resolution>(const HostFacts& facts, const Request& request)>;

// The smallest changes that would free a refused request, each verified by resolving again: every way out of the
// impasse, then what lies outside of it: a compatibility package, a later release of the distribution, and driver
// branches that would serve and that no source known here has (of the catalog, not verified).
std::vector<Remedy> find_remedies(const HostFacts& facts, const Catalog& catalog, const Request& request,
                                  const Impasse& impasse, const ResolveAgain& resolve_again);

// The pairs of GPUs that no driver branch known can drive together: {"NVIDIA B200", "Tesla V100"}.
std::vector<Conflict> excluding_pairs(const std::vector<Gpu>& gpus, const Catalog& catalog);

}  // namespace nvprov
