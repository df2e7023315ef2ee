#include "plan/driver_services.hpp"

#include <algorithm>

namespace nvprov {
namespace {

bool is_wanted(const ComponentPackages& component, const DriverChoice& driver) {
  return !component.service.empty() && std::ranges::any_of(component.packages, [&](const std::string& package) {
    return std::ranges::find(driver.packages, package) != driver.packages.end();
  });
}

bool is_installed(const ComponentPackages& component, const HostFacts& facts) {
  return std::ranges::all_of(component.packages,
                             [&](const std::string& name) { return find_installed(facts, name) != nullptr; });
}

// Where its packages are there and no unit file is, they bring it under another name.
bool is_to_be_enabled(const ComponentPackages& component, const HostFacts& facts) {
  const auto state = std::ranges::find(facts.services, component.service, &ServiceState::unit);
  if (state != facts.services.end()) return state->start == "disabled";
  return !is_installed(component, facts) && !component.enables_service;
}

}  // namespace

std::vector<ManageService> driver_services(const HostFacts& facts, const PackageSource& source,
                                           const Resolution& resolution) {
  std::vector<ManageService> steps;
  if (!resolution.driver || could_not_look(facts, "services")) return steps;
  const DriverPackageSet* set = find_package_set(source, resolution.driver->package_set);
  if (set == nullptr) return steps;
  for (const ComponentPackages& component : set->components)
    if (is_wanted(component, *resolution.driver) && is_to_be_enabled(component, facts))
      steps.push_back({.unit = component.service,
                       .action = ServiceAction::enable,
                       .engine = {},
                       .purpose = "it starts with this machine"});
  return steps;
}

void start_services_now(std::vector<Step>& steps) {
  for (Step& step : steps)
    if (auto* service = std::get_if<ManageService>(&step); service && service->action == ServiceAction::enable)
      service->action = ServiceAction::enable_now;
}

}  // namespace nvprov
