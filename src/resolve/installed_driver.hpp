#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/resolution.hpp"
#include "resolve/requirements.hpp"

namespace nvprov {

// The driver that is on the host now, by its packages, else by the module that is loaded.
struct InstalledDriver {
  std::string version;                    // "535.309.01"
  std::string package_version;            // "" when no package the catalog knows brought it
  const PackageSource* source = nullptr;  // nullptr: from somewhere the catalog does not know
  const DriverPackageSet* set = nullptr;
  const ModulePackages* module = nullptr;  // whose packages are installed
  std::string flavour;                     // "" unknown
  bool has_module = false;  // a kernel module package of this version is installed, or the module is loaded
  bool one_version = true;  // every driver-versioned package has this version

  bool operator==(const InstalledDriver&) const = default;
};

std::optional<InstalledDriver> find_installed_driver(const HostFacts& facts, const Distro& distro);

// Why the installed driver cannot stay whatever is wanted of it, if it cannot: it has several versions or no module, or
// the catalog does not know it.
std::optional<Conflict> installed_driver_broken(const InstalledDriver& installed, const Catalog& catalog);

// The GPUs a whole one does not drive.
std::vector<Objection> installed_driver_objections(const InstalledDriver& installed, const HostFacts& facts,
                                                   const Catalog& catalog);

}  // namespace nvprov
