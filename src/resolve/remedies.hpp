#pragma once

#include <functional>
#include <tl/expected.hpp>
#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"
#include "model/request.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// Resolves again for changed facts or a changed request.
using ResolveAgain =
    std::function<tl::expected<Resolution, Unsatisfiable>(const HostFacts& facts, const Request& request)>;

// The smallest changes that would free a refused request, each verified by resolving again; the use of another source
// is verified against the catalog's branches.
std::vector<Remedy> find_remedies(const HostFacts& facts, const Catalog& catalog, const Request& request,
                                  const Unsatisfiable& refusal, const ResolveAgain& resolve_again);

// The pairs of GPUs that no driver branch known can drive together: {"NVIDIA B200", "Tesla V100"}.
std::vector<Conflict> excluding_pairs(const std::vector<Gpu>& gpus, const Catalog& catalog);

}  // namespace nvprov
