#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/catalog.hpp"
#include "model/concept.hpp"

namespace nvprov {

// What a package is by the record that names it.
enum class PackageRole { component, module, driver_part, cuda, headers, helper };

// One place in the data that names a package.
struct PackageRecord {
  PackageRole role = PackageRole::component;
  std::string component;  // of component and cuda; the flavour of a module
  std::string release;    // the driver branch or the CUDA release it is of; "" for headers and helpers
  std::string license;    // "" unknown
  bool driver_versioned = false;
  std::string distro;  // id
  std::string source;  // id of its package source; "" for headers
  std::string set;     // id of the package set; "" where there is none
  std::string family;  // id; "" where the distribution lists the packages itself

  bool operator==(const PackageRecord&) const = default;
};

// Whether a name is what a template stands for: `{driver_branch}` is a number, `{cuda_dash}` two with a dash, the other
// placeholders anything.
bool fits_template(std::string_view name, std::string_view package_template);

// Every record that names this package, by distribution and source.
std::vector<PackageRecord> package_records(const Catalog& catalog, std::string_view name);

// Every package name the data has, sorted; templates that only a host can fill in are left out.
std::vector<std::string> package_names(const Catalog& catalog);

// The concept that explains a package: one that names it, else that of its component, else the one that stands for its
// kind; nullptr for a package neither concepts nor records know.
const Concept* concept_of_package(const Catalog& catalog, const std::vector<Concept>& concepts, std::string_view name);

}  // namespace nvprov
