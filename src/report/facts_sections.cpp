#include "report/facts_sections.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "report/fact_words.hpp"

namespace nvprov {
namespace {

std::string loaded_module(const HostFacts& facts) {
  const auto& loaded = facts.driver.loaded;
  if (loaded) return fmt::format("{} ({})", loaded->version, loaded->flavour);
  if (facts.driver.nouveau_loaded) return "none; nouveau is loaded";
  return fact_or(facts, "driver.loaded", std::nullopt, "none");
}

std::string runfile(const HostFacts& facts) {
  const auto& found = facts.driver.runfile;
  if (!found) return fact_or(facts, "driver.runfile", std::nullopt, "none");
  return fmt::format("{}, removed with {}", found->version.value_or("unknown version"), found->uninstaller);
}

// Package names of those the predicate picks, at most five and a count.
template <class Picks>
std::string named_packages(const HostFacts& facts, Picks picks) {
  if (could_not_look(facts, "package_facts.packages")) return "could not look";
  std::vector<std::string> names;
  for (const InstalledPackage& package : facts.package_facts.packages) {
    if (picks(package)) names.push_back(package.name);
  }
  if (names.empty()) return "none";
  const std::size_t count = names.size();
  if (count > 5) names.resize(5);
  return fmt::format("{}: {}{}", count, join(names, ", "), count > 5 ? ", ..." : "");
}

std::string installed_count(const HostFacts& facts) {
  if (could_not_look(facts, "package_facts.packages")) return "could not look";
  return std::to_string(std::ranges::count(facts.package_facts.packages, "installed", &InstalledPackage::state));
}

std::string repository_counts(const HostFacts& host) {
  if (could_not_look(host, "package_facts.repositories")) return "could not look";
  const PackageFacts& facts = host.package_facts;
  const auto enabled = std::ranges::count(facts.repositories, true, &RepositoryEntry::enabled);
  const auto total = static_cast<std::ptrdiff_t>(facts.repositories.size());
  return fmt::format("{} enabled, {} disabled", enabled, total - enabled);
}

std::string package_list(const PackageFacts& facts) {
  std::vector<std::vector<std::string>> rows;
  for (const InstalledPackage& package : facts.packages) {
    rows.push_back({package.name, package.version, package.architecture, package.automatic ? "auto" : "manual",
                    package.held ? "held" : "", package.origin.value_or("unknown origin"),
                    package.state == "installed" ? "" : package.state});
  }
  return table(rows, "    ");
}

std::string repository_list(const PackageFacts& facts) {
  std::vector<std::vector<std::string>> rows;
  for (const RepositoryEntry& entry : facts.repositories) {
    rows.push_back({fmt::format("{}:{}", entry.file, entry.line), entry.enabled ? join(entry.types, " ") : "disabled",
                    join(entry.uris, " "), join(entry.suites, " "), join(entry.components, " ")});
  }
  for (const PackagePin& pin : facts.pins) {
    rows.push_back({fmt::format("{}:{}", pin.file, pin.line), "pin", pin.packages, pin.pin, pin.priority});
  }
  return table(rows, "    ");
}

std::string place(const EnvironmentFacts& environment) {
  std::string text;
  switch (environment.place) {
    case PlaceKind::host: text = "a host of its own"; break;
    case PlaceKind::chroot: text = "a changed root (a host disk)"; break;
    case PlaceKind::container: text = "a container"; break;
    case PlaceKind::machine_container: text = "a container run like a machine"; break;
    case PlaceKind::image_build: text = "a container image being built"; break;
    case PlaceKind::unclear: text = "unclear"; break;
  }
  const auto& evidence = environment.place_evidence;
  return evidence.empty() ? text : fmt::format("{} ({})", text, join(evidence, ", "));
}

std::string root_user(const EnvironmentFacts& environment) {
  if (!environment.root_user) return "";
  return *environment.root_user ? "root" : "not root";
}

}  // namespace

std::string driver_section(const HostFacts& facts, const TextOptions& options) {
  const std::string modules = join(facts.kernel.modules_of_nvidia, ", ");
  return labelled({{"loaded module", loaded_module(facts)},
                   {"libraries", fact_or(facts, "driver.library_version", facts.driver.library_version, "none")},
                   {".run installer", runfile(facts)},
                   {"modules on disk",
                    modules.empty() ? fact_or(facts, "kernel.modules_of_nvidia", std::nullopt, "none") : modules}},
                  options.width);
}

std::string cuda_section(const HostFacts& facts) {
  std::vector<std::vector<std::string>> rows;
  for (const CudaToolkit& toolkit : facts.cuda_toolkits) {
    rows.push_back({toolkit.version.value_or("unknown"), toolkit.path});
  }
  if (rows.empty()) rows.push_back({fact_or(facts, "cuda_toolkits", std::nullopt, "none")});
  return table(rows, "  ");
}

std::string container_section(const HostFacts& facts) {
  std::vector<std::vector<std::string>> rows;
  for (const ContainerEngine& engine : facts.container_engines) rows.push_back({engine.name, engine.path});
  if (rows.empty()) rows.push_back({fact_or(facts, "container_engines", std::nullopt, "none")});
  return table(rows, "  ");
}

std::string package_section(const HostFacts& facts, const TextOptions& options) {
  const PackageFacts& found = facts.package_facts;
  const std::string architecture = found.architecture.empty() ? "" : ", " + found.architecture;
  std::string text =
      labelled({{"manager", fact_or(facts, "package_facts.manager", found.manager, "none") + architecture},
                {"installed", installed_count(facts)},
                {"held", named_packages(facts, [](const auto& package) { return package.held; })},
                {"half installed", named_packages(facts, is_half_installed)},
                {"repositories", repository_counts(facts)},
                {"pins", std::to_string(found.pins.size())}},
               options.width);
  return options.verbosity < 1 ? text : text + package_list(found) + repository_list(found);
}

std::string environment_section(const HostFacts& facts, const TextOptions& options) {
  const EnvironmentFacts& found = facts.environment;
  const auto& owner = found.managed_by;
  return labelled({{"place", place(found)},
                   {"virtual machine", fact_or(facts, "environment.virtual_machine", found.virtual_machine, "no")},
                   {"managed by", owner ? fmt::format("{} ({})", owner->owner, owner->evidence)
                                        : fact_or(facts, "environment.managed_by", std::nullopt, "nobody else")},
                   {"user", root_user(found)},
                   {"pending reboot", fact_or(facts, "environment.reboot_pending", found.reboot_pending, "no")}},
                  options.width);
}

}  // namespace nvprov
