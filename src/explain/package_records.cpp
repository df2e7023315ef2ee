#include "explain/package_records.hpp"

#include <algorithm>
#include <set>

#include "base/append.hpp"
#include "base/text.hpp"

namespace nvprov {
namespace {

bool is_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_digit); }

bool fits_placeholder(std::string_view value, std::string_view placeholder) {
  if (placeholder == "driver_branch") return is_digits(value);
  if (placeholder == "driver_version") return !value.empty() && is_digit(value.front());
  if (placeholder != "cuda_dash") return !value.empty();
  const std::size_t dash = value.find('-');
  return dash != std::string_view::npos && is_digits(value.substr(0, dash)) && is_digits(value.substr(dash + 1));
}

bool names(const std::vector<std::string>& templates, std::string_view name) {
  return std::ranges::any_of(templates, [&](const std::string& each) { return fits_template(name, each); });
}

// Where records stand, for the functions below.
struct Place {
  const Distro& distro;
  const PackageSource& source;
};

PackageRecord record_at(const Place& place, PackageRole role) {
  PackageRecord record;
  record.role = role;
  record.distro = place.distro.id;
  record.source = place.source.id;
  record.family = place.source.family;
  return record;
}

PackageRecord driver_record(const Place& place, const DriverPackageSet& set, PackageRole role, std::string_view name) {
  PackageRecord record = record_at(place, role);
  record.set = set.id;
  record.driver_versioned = names(set.driver_versioned, name);
  return record;
}

// What a set says of a package, without the branch.
std::vector<PackageRecord> records_of_set(const Place& place, const DriverPackageSet& set, std::string_view name) {
  std::vector<PackageRecord> found;
  for (const ComponentPackages& component : set.components)
    if (names(component.packages, name)) {
      found.push_back(driver_record(place, set, PackageRole::component, name));
      found.back().component = component.component;
      found.back().license = component.license;
    }
  for (const ModulePackages& module : set.modules)
    if (names(module.packages, name)) {
      found.push_back(driver_record(place, set, PackageRole::module, name));
      found.back().component = module.flavour;
      found.back().license = module.license;
    }
  if (found.empty() && names(set.driver_versioned, name))
    found.push_back(driver_record(place, set, PackageRole::driver_part, name));
  return found;
}

std::set<std::string> branches_of_set(const PackageSource& source, const DriverPackageSet& set) {
  std::set<std::string> branches;
  for (const DriverOffer& offer : source.drivers)
    if (offer.package_set == set.id) branches.insert(offer.branch);
  return branches;
}

void add_driver_records(std::vector<PackageRecord>& records, const Place& place, std::string_view name) {
  for (const DriverPackageSet& set : place.source.package_sets) {
    const std::vector<PackageRecord> found = records_of_set(place, set, name);
    if (found.empty()) continue;
    for (const std::string& branch : branches_of_set(place.source, set))
      for (PackageRecord record : found) {
        record.release = branch;
        records.push_back(std::move(record));
      }
  }
}

void add_cuda_records(std::vector<PackageRecord>& records, const Place& place, std::string_view name) {
  for (const CudaOffer& offer : place.source.cuda)
    for (const ComponentPackages& component : offer.components)
      if (names(component.packages, name)) {
        records.push_back(record_at(place, PackageRole::cuda));
        records.back().component = component.component;
        records.back().license = component.license;
        records.back().release = offer.release;
      }
}

void add_headers(std::vector<PackageRecord>& records, const Distro& distro, std::string_view name) {
  const auto is_it = [&](const KernelFlavour& kernel) {
    return kernel.headers_package == name || fits_template(name, kernel.exact_headers_package);
  };
  if (std::ranges::none_of(distro.kernels, is_it)) return;
  PackageRecord record;
  record.role = PackageRole::headers;
  record.distro = distro.id;
  records.push_back(std::move(record));
}

std::vector<PackageRecord> records_in(const Distro& distro, std::string_view name) {
  std::vector<PackageRecord> records;
  for (const PackageSource& source : distro.package_sources) {
    const Place place{distro, source};
    add_driver_records(records, place, name);
    add_cuda_records(records, place, name);
    if (names(source.https_prerequisites, name)) records.push_back(record_at(place, PackageRole::helper));
  }
  add_headers(records, distro, name);
  if (names(distro.hold_packages, name)) {
    records.emplace_back();
    records.back().role = PackageRole::helper;
    records.back().distro = distro.id;
  }
  return records;
}

void add_names(std::set<std::string>& all, const std::vector<std::string>& packages) {
  for (const std::string& package : packages)
    if (!contains(package, "{")) all.insert(package);
}

void add_names_of(std::set<std::string>& all, const PackageSource& source) {
  for (const DriverPackageSet& set : source.package_sets) {
    add_names(all, set.driver_versioned);
    for (const ComponentPackages& component : set.components) add_names(all, component.packages);
    for (const ModulePackages& module : set.modules) add_names(all, module.packages);
  }
  for (const CudaOffer& offer : source.cuda)
    for (const ComponentPackages& component : offer.components) add_names(all, component.packages);
  add_names(all, source.https_prerequisites);
}

std::string_view kind_of(PackageRole role) {
  switch (role) {
    case PackageRole::component:
    case PackageRole::driver_part: return "driver-package";
    case PackageRole::module: return "module-package";
    case PackageRole::cuda: return "cuda-package";
    case PackageRole::headers: return "headers-package";
    case PackageRole::helper: return "helper-package";
  }
  return "";
}

}  // namespace

bool fits_template(std::string_view name, std::string_view package_template) {
  const std::size_t open = package_template.find('{');
  if (open == std::string_view::npos) return name == package_template;
  if (!name.starts_with(package_template.substr(0, open))) return false;
  const std::size_t close = package_template.find('}', open);
  if (close == std::string_view::npos) return false;
  const std::string_view placeholder = package_template.substr(open + 1, close - open - 1);
  const std::string_view rest = package_template.substr(close + 1);
  name.remove_prefix(open);
  for (std::size_t length = 1; length <= name.size(); ++length)
    if (fits_placeholder(name.substr(0, length), placeholder) && fits_template(name.substr(length), rest)) return true;
  return false;
}

std::vector<PackageRecord> package_records(const Catalog& catalog, std::string_view name) {
  std::vector<PackageRecord> records;
  for (const Distro& distro : catalog.distros) append(records, records_in(distro, name));
  return records;
}

std::vector<std::string> package_names(const Catalog& catalog) {
  std::set<std::string> all;
  for (const Distro& distro : catalog.distros) {
    for (const PackageSource& source : distro.package_sources) add_names_of(all, source);
    for (const KernelFlavour& kernel : distro.kernels) all.insert(kernel.headers_package);
    add_names(all, distro.hold_packages);
  }
  return {all.begin(), all.end()};
}

const Concept* concept_of_package(const Catalog& catalog, const std::vector<Concept>& concepts, std::string_view name) {
  for (const Concept& each : concepts)
    if (names(each.packages, name)) return &each;
  for (const Distro& distro : catalog.distros) {
    const std::vector<PackageRecord> records = records_in(distro, name);
    for (const PackageRecord& record : records)
      if (const Concept* found = concept_of_component(concepts, record.component);
          found != nullptr && record.role != PackageRole::module)
        return found;
    // The first distribution that has it says what it is; others have it under other branches.
    if (!records.empty()) return concept_for(concepts, kind_of(records.front().role));
  }
  return nullptr;
}

}  // namespace nvprov
