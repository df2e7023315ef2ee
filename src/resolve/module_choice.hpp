#pragma once

#include <string>
#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// The kernel module of a driver: which packages, and why these.
struct ModuleChoice {
  const ModulePackages* module = nullptr;  // nullptr: none fits
  std::vector<std::string> packages;       // of `module`, their templates filled in
  std::string rule;
  std::string because;
  std::vector<Conflict> conflicts;

  bool operator==(const ModuleChoice&) const = default;
};

// Open where every GPU supports it and it is offered; prebuilt for the kernel that boots where that is offered; a
// prebuilt module of the other flavour where it spares DKMS of a third party. `known` metadata of the source, or {}.
ModuleChoice choose_module(const DriverPackageSet& set, const DriverOffer& offer, const PackageSource& source,
                           const Distro& distro, const HostFacts& facts, const Catalog& catalog,
                           const RepositoryMetadata& metadata);

// The package names of a module for this driver release and this kernel; empty where a placeholder has no value here.
std::vector<std::string> module_packages(const ModulePackages& module, const std::string& driver_version,
                                         const std::string& kernel, const HostFacts& facts, const Distro& distro);

}  // namespace nvprov
