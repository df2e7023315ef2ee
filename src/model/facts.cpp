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
