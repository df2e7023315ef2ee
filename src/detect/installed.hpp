#pragma once

#include <optional>
#include <string>
#include <unordered_set>

#include "host/host.hpp"
#include "model/catalog.hpp"
#include "model/facts.hpp"

namespace nvprov {

// Every package of drivers and CUDA that some distribution of the catalog names.
std::unordered_set<std::string> catalog_package_names(const Catalog& catalog);

// The package manager, its architecture and every installed package with its marks; origins of the catalog's packages,
// or of all (rpm's database holds every vendor).
void detect_installed(const HostView& host, const Catalog& catalog, const std::optional<OsFacts>& os, bool all_origins,
                      PackageFacts& packages, Diagnostics& diagnostics);

}  // namespace nvprov
