#include "detect/installed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/text.hpp"
#include "detect/dpkg_status.hpp"
#include "detect/look.hpp"
#include "detect/manager.hpp"
#include "detect/origins.hpp"
#include "detect/rpm.hpp"

namespace nvprov {
namespace {

constexpr std::string_view packages_fact = "package_facts.packages";
constexpr std::string_view automatic_fact = "package_facts.automatic";

std::string first_line(const std::optional<std::string>& text) {
  return text ? std::string(trim(std::string_view(*text).substr(0, text->find('\n')))) : std::string{};
}

// dpkg's own package is of the native architecture; without it dpkg's list, whose first line is.
std::string native_architecture(const HostView& host, const std::vector<InstalledPackage>& packages,
                                Diagnostics& diagnostics) {
  const auto dpkg = std::ranges::find(packages, "dpkg", &InstalledPackage::name);
  if (dpkg != packages.end()) return dpkg->architecture;
  return first_line(read_text(host, "/var/lib/dpkg/arch", "package_facts.architecture", diagnostics));
}

// apt writes the native architecture where dpkg says "all".
void set_auto_marks(const HostView& host, const std::string& native, std::vector<InstalledPackage>& packages,
                    Diagnostics& diagnostics) {
  const auto text = read_text(host, "/var/lib/apt/extended_states", automatic_fact, diagnostics);
  if (!text) return;
  Diagnostics problems;
  const auto automatic = parse_extended_states(*text, problems);
  take_problems(diagnostics, automatic_fact, problems);
  for (InstalledPackage& package : packages) {
    const std::string& architecture = package.architecture == "all" ? native : package.architecture;
    package.automatic = automatic.contains(fmt::format("{}:{}", package.name, architecture));
  }
}

void read_packages(const HostView& host, PackageFacts& facts, Diagnostics& diagnostics) {
  const auto text = read_text(host, "/var/lib/dpkg/status", packages_fact, diagnostics);
  if (!text) return could_not(diagnostics, packages_fact, "/var/lib/dpkg/status is not there");
  Diagnostics problems;
  facts.packages = parse_dpkg_status(*text, problems);
  take_problems(diagnostics, packages_fact, problems);
  facts.architecture = native_architecture(host, facts.packages, diagnostics);
  set_auto_marks(host, facts.architecture, facts.packages, diagnostics);
  std::ranges::sort(facts.packages, [](const InstalledPackage& left, const InstalledPackage& right) {
    return std::tie(left.name, left.architecture) < std::tie(right.name, right.architecture);
  });
}

void add_names(const std::vector<ComponentPackages>& components, std::unordered_set<std::string>& names) {
  for (const ComponentPackages& component : components)
    names.insert(component.packages.begin(), component.packages.end());
}

void add_names(const PackageSource& source, std::unordered_set<std::string>& names) {
  for (const DriverPackageSet& set : source.package_sets) {
    add_names(set.components, names);
    for (const ModulePackages& module : set.modules) names.insert(module.packages.begin(), module.packages.end());
    names.insert(set.driver_versioned.begin(), set.driver_versioned.end());
  }
  for (const CudaOffer& offer : source.cuda) add_names(offer.components, names);
}

std::unordered_set<std::string> all_names(const std::vector<InstalledPackage>& packages) {
  std::unordered_set<std::string> names;
  for (const InstalledPackage& package : packages) names.insert(package.name);
  return names;
}

}  // namespace

std::unordered_set<std::string> catalog_package_names(const Catalog& catalog) {
  std::unordered_set<std::string> names;
  for (const Distro& distro : catalog.distros)
    for (const PackageSource& source : distro.package_sources) add_names(source, names);
  return names;
}

void detect_installed(const HostView& host, const Catalog& catalog, const std::optional<OsFacts>& os, bool all_origins,
                      PackageFacts& packages, Diagnostics& diagnostics) {
  packages.manager = detect_manager(host, catalog, os, diagnostics);
  if (is_dnf(packages.manager)) return detect_rpm_packages(host, packages, diagnostics);
  if (!packages.manager) return;
  read_packages(host, packages, diagnostics);
  detect_origins(host, all_origins ? all_names(packages.packages) : catalog_package_names(catalog), packages.packages,
                 diagnostics);
}

}  // namespace nvprov
