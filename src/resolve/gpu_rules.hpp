#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// Why this branch cannot drive this GPU, if it cannot: too new for it, too old for it, or unknown to the catalog.
std::optional<Conflict> gpu_not_served(const Gpu& gpu, const DriverBranch& branch, const Catalog& catalog);

// What kernel modules can drive a GPU the catalog knows.
ModuleSupport module_support(const Gpu& gpu, const Catalog& catalog);

// Why a module of this flavour cannot drive this GPU, if it cannot; `offer_name` says whose module that is.
std::optional<Conflict> flavour_not_accepted(const Gpu& gpu, std::string_view flavour, const std::string& offer_name,
                                             const Catalog& catalog);

// Why none of the flavours offered is one that all these GPUs accept; nullopt where one is.
std::optional<Conflict> no_common_flavour(const std::vector<Gpu>& gpus, const std::vector<std::string>& offered,
                                          const std::string& offer_name, const Catalog& catalog);

// One GPU of each kind, in the order found.
std::vector<Gpu> distinct_gpus(const std::vector<Gpu>& gpus);

}  // namespace nvprov
