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

// Resolves again for changed facts and requests that differ in CUDA alone: the answer to the first that is not refused.
struct Tried {
  std::size_t request = 0;  // which
  Resolution resolution;

  bool operator==(const Tried&) const = default;
};
using ResolveAgain = std::function<std::optional<Tried>(const HostFacts& facts, const std::vector<Request>& in_turn)>;

// The smallest changes that would free a refused request, each verified by resolving again: every way out of the
// impasse, then what lies outside of it: a compatibility package, a later release of the distribution, and driver
// branches that would serve and that no source known here has (of the catalog, not verified).
std::vector<Remedy> find_remedies(const HostFacts& facts, const Catalog& catalog, const Request& request,
                                  const Impasse& impasse, const ResolveAgain& resolve_again);

// The pairs of GPUs that no driver branch known can drive together: {"NVIDIA B200", "Tesla V100"}.
std::vector<Conflict> excluding_pairs(const std::vector<Gpu>& gpus, const Catalog& catalog);

}  // namespace nvprov
