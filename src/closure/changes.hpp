#pragma once

#include <vector>

#include "model/facts.hpp"
#include "model/plan.hpp"

namespace nvprov {

// What all transactions together ask for. The first ones only bring what the last needs to be fetched at all, so the
// host ends with the same packages as after one transaction.
InstallPackages union_of(const std::vector<InstallPackages>& transactions);

// The package as the host has it, in the change's architecture if it names one; null if it has none.
const InstalledPackage* find_package(const HostFacts& facts, const PackageChange& change);

// Whether the plan itself asks for the package, rather than another package of it.
bool is_requested(const PackageChange& change, const InstallPackages& all);

// In the order plans list them: by name, then architecture.
void sort_changes(std::vector<PackageChange>& changes);

}  // namespace nvprov
