#pragma once

#include <optional>
#include <string>
#include <vector>

#include "explain/package_records.hpp"
#include "model/catalog.hpp"
#include "model/plan.hpp"

namespace nvprov {

// Why a package stands on a plan.
enum class PlanPlace {
  component,    // a component of the driver that a profile names
  module,       // the kernel module
  cuda,         // a component of CUDA
  headers,      // of a kernel the module is built for
  helper,       // what a repository or a hold needs first
  one_version,  // a part of the driver, asked for so that all have one version
  dependency,   // drawn in by what is asked for
  absent,
};

struct PlacedPackage {
  PlanPlace place = PlanPlace::absent;
  std::string component;                  // or the flavour of a module
  std::string asked_by;                   // "--libraries cublas"; "" where the profile does
  const PackageChange* change = nullptr;  // nullptr: nothing is to be done for it
  const Distro* distro = nullptr;
  const PackageSource* source = nullptr;  // of the choice it belongs to
  const DriverPackageSet* set = nullptr;
  const CudaChoice* cuda = nullptr;

  bool operator==(const PlacedPackage&) const = default;
};

// Where a package stands on a plan, by the plan's own choices and the catalog's records.
PlacedPackage place_on_plan(const Plan& plan, const Catalog& catalog, const std::string& name);

// Why a package is not on a plan, as far as a rule says.
enum class Absence {
  installed,      // nothing is to be done: it is there already
  left_out,       // minimal by default
  image,          // a driver is never in an image
  other_flavour,  // of the kernel module
  other_branch,   // of the driver, or another set of names
  other_cuda,     // another release of CUDA
  other_source,
  never_asked,  // a package no source's record holds
  nothing_needs,
};
struct AbsentPackage {
  Absence why = Absence::nothing_needs;
  std::string detail;  // what is there in its stead, or how to ask for it

  bool operator==(const AbsentPackage&) const = default;
};
AbsentPackage absence_from_plan(const Plan& plan, const Catalog& catalog, const std::string& name);

}  // namespace nvprov
