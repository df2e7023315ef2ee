#include "closure/changes.hpp"

#include <algorithm>
#include <tuple>

#include "base/append_new.hpp"

namespace nvprov {

InstallPackages union_of(const std::vector<InstallPackages>& transactions) {
  InstallPackages all;
  for (const InstallPackages& transaction : transactions) {
    append_new(all.packages, transaction.packages);
    append_new(all.leaving, transaction.leaving);
  }
  return all;
}

const InstalledPackage* find_package(const HostFacts& facts, const PackageChange& change) {
  const auto& packages = facts.package_facts.packages;
  const auto found = std::ranges::find_if(packages, [&](const InstalledPackage& package) {
    return package.name == change.name && (change.architecture.empty() || package.architecture == change.architecture);
  });
  return found == packages.end() ? nullptr : &*found;
}

bool is_requested(const PackageChange& change, const InstallPackages& all) {
  return std::ranges::any_of(all.packages, [&](const PackageRequest& request) { return request.name == change.name; });
}

void sort_changes(std::vector<PackageChange>& changes) {
  std::ranges::sort(changes, [](const PackageChange& left, const PackageChange& right) {
    return std::tie(left.name, left.architecture) < std::tie(right.name, right.architecture);
  });
}

}  // namespace nvprov
