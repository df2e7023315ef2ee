#pragma once

#include <optional>
#include <string>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// The driver that is on the host now, by its packages, else by the module that is loaded.
struct InstalledDriver {
  std::string version;                    // "535.309.01"
  std::string package_version;            // "" when no package the catalog knows brought it
  const PackageSource* source = nullptr;  // nullptr: from somewhere the catalog does not know
  const DriverPackageSet* set = nullptr;
  const ModulePackages* module = nullptr;  // whose packages are installed
  std::string flavour;      // "" unknown
  bool has_module = false;  // a kernel module package of this version is installed, or the module is loaded
  bool one_version = true;  // every driver-versioned package has this version

  bool operator==(const InstalledDriver&) const = default;
};

std::optional<InstalledDriver> find_installed_driver(const HostFacts& facts, const Distro& distro);

// Why the installed driver does not stay, if it does not (rule 6: it serves all GPUs, has one version, has a module).
std::optional<Conflict> installed_driver_unfit(const InstalledDriver& installed, const HostFacts& facts,
                                               const Catalog& catalog);

}  // namespace nvprov
