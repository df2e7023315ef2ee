#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"
#include "model/resolution.hpp"
#include "resolve/kernel_support.hpp"
#include "resolve/question.hpp"
#include "resolve/requirements.hpp"

namespace nvprov {

// A driver release as one source packages it.
struct DriverOfferHere {
  const PackageSource& source;
  const DriverOffer& offer;
  const DriverPackageSet& set;
  const RepositoryMetadata& metadata;  // of the source, where it was asked
};

// The kernel module of a driver in one flavour, with all that stands in its way on this host.
struct ModuleOption {
  std::string flavour;
  const ModulePackages* module = nullptr;  // nullptr: there is none for this kernel
  std::vector<std::string> packages;       // of `module`, their templates filled in
  std::string third_party;                 // whose repository must be added for DKMS; "" where none
  std::string rule;                        // why it would be taken
  std::string because;
  std::vector<Objection> objections;

  bool operator==(const ModuleOption&) const = default;
};

// The flavours of a driver release, the best first: open before proprietary, but what needs no third party's DKMS
// before what does. Each is prebuilt for the kernel that boots where that is offered.
std::vector<ModuleOption> module_options(const DriverOfferHere& here, const Question& question);

// Why a module is known not to build on the kernel that boots next, if it is.
std::optional<Conflict> module_does_not_build(const ModuleBuild& build, const Question& question);

// The package names of a module for this driver release and this kernel; empty where a placeholder has no value here.
std::vector<std::string> module_packages(const ModulePackages& module, const std::string& driver_version,
                                         const std::string& kernel, const HostFacts& facts, const Distro& distro);

}  // namespace nvprov
