#include "model/facts.hpp"

#include <algorithm>

namespace nvprov {
namespace {

// "kernel" covers "kernel.running", not "kernels".
bool covers(std::string_view place, std::string_view fact) {
  return fact == place || (fact.starts_with(place) && fact.size() > place.size() && fact[place.size()] == '.');
}

}  // namespace

bool could_not_look(const HostFacts& facts, std::string_view fact) {
  return std::ranges::any_of(facts.diagnostics,
                             [&](const Diagnostic& diagnostic) { return covers(diagnostic.place, fact); });
}

bool has_nvidia_module(const KernelFacts& kernel, std::string_view release) {
  return std::ranges::any_of(kernel.modules_of_nvidia, [&](const std::string& module) {
    return module.starts_with(release) && std::string_view(module).substr(release.size()).starts_with(": ");
  });
}

std::optional<Target> target_of(PlaceKind place) {
  switch (place) {
    case PlaceKind::host:
    case PlaceKind::chroot: return Target::host;
    case PlaceKind::container:
    case PlaceKind::image_build: return Target::image;
    case PlaceKind::machine_container:
    case PlaceKind::unclear: break;
  }
  return std::nullopt;
}

const Diagnostic* problem_with(const HostFacts& facts, std::string_view fact) {
  const auto problem = std::ranges::find_if(facts.diagnostics, [&](const Diagnostic& diagnostic) {
    return covers(diagnostic.place, fact) || covers(fact, diagnostic.place);
  });
  return problem == facts.diagnostics.end() ? nullptr : &*problem;
}

const InstalledPackage* find_installed(const HostFacts& facts, std::string_view name) {
  return find_installed(facts, name, {});
}

const InstalledPackage* find_installed(const HostFacts& facts, std::string_view name, std::string_view architecture) {
  const auto& packages = facts.package_facts.packages;
  const auto package = std::ranges::find_if(packages, [&](const InstalledPackage& item) {
    return item.name == name && item.state == "installed" &&
           (architecture.empty() || item.architecture == architecture);
  });
  return package == packages.end() ? nullptr : &*package;
}

}  // namespace nvprov
