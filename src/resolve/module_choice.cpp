#include "resolve/module_choice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "resolve/gpu_rules.hpp"
#include "resolve/kernel_headers.hpp"
#include "resolve/offers.hpp"

namespace nvprov {
namespace {

// The kernel that boots next: the newest installed.
std::string boot_kernel(const HostFacts& facts) {
  return facts.kernel.installed.empty() ? std::string() : facts.kernel.installed.back().release;
}

const ModulePackages* find_module(const DriverPackageSet& set, std::string_view flavour, std::string_view build) {
  const auto found = std::ranges::find_if(
      set.modules, [&](const ModulePackages& each) { return each.flavour == flavour && each.build == build; });
  return found == set.modules.end() ? nullptr : &*found;
}

bool gpus_allow(const std::string& flavour, const HostFacts& facts, const Catalog& catalog) {
  const ModuleSupport refused = flavour == "open" ? ModuleSupport::proprietary_only : ModuleSupport::open_only;
  return std::ranges::none_of(facts.gpus, [&](const Gpu& gpu) { return module_support(gpu, catalog) == refused; });
}

// A prebuilt module that is for the kernel that boots: the repository says so, or, where it was not asked, the name
// follows the kernel's flavour and not its release.
struct Prebuilt {
  const DriverPackageSet& set;
  const DriverOffer& offer;
  const Distro& distro;
  const HostFacts& facts;
  const RepositoryMetadata& metadata;

  std::vector<std::string> packages(const std::string& flavour) const {
    const ModulePackages* module = find_module(set, flavour, "prebuilt");
    if (module == nullptr) return {};
    auto names = module_packages(*module, offer.version, boot_kernel(facts), facts, distro);
    if (metadata.known) {
      const bool all_there = std::ranges::all_of(
          names, [&](const std::string& name) { return is_in_repository_at(metadata, name, offer.version); });
      return all_there ? names : std::vector<std::string>{};
    }
    const bool follows_release =
        std::ranges::any_of(module->packages, [](const std::string& name) { return contains(name, "{kernel_abi}"); });
    return follows_release ? std::vector<std::string>{} : names;
  }
};

// The title of a third party that would have to be added for DKMS; "" where it need not.
std::string third_party_of(const ModulePackages* dkms, const PackageSource& source, const HostFacts& facts) {
  if (dkms == nullptr || find_installed(facts, "dkms") != nullptr) return {};
  for (const std::string& id : dkms->prerequisites) {
    const auto found = std::ranges::find(source.prerequisites, id, &Prerequisite::id);
    if (found == source.prerequisites.end() || !found->repository || !found->repository->third_party) continue;
    const bool there = std::ranges::any_of(facts.package_facts.repositories, [&](const RepositoryEntry& entry) {
      return entry.enabled && std::ranges::find(found->enables, entry.id) != found->enables.end();
    });
    if (!there) return found->title;
  }
  return {};
}

ModuleChoice chosen(const ModulePackages& module, std::vector<std::string> packages, std::string rule,
                    std::string because = {}) {
  return {.module = &module,
          .packages = std::move(packages),
          .rule = std::move(rule),
          .because = std::move(because),
          .conflicts = {}};
}

}  // namespace

std::vector<std::string> module_packages(const ModulePackages& module, const std::string& driver_version,
                                         const std::string& kernel, const HostFacts& facts, const Distro& distro) {
  const KernelFlavour* flavour = kernel_flavour_of(kernel, facts.architecture, distro);
  const std::string evr = kernel_evr(kernel, facts.architecture);
  const std::string abi = evr.substr(0, evr.find(".el"));
  const std::string kind = flavour != nullptr ? flavour->flavour.value_or("") : "";
  std::vector<Placeholder> values = {{"driver_version", driver_version}};
  if (!kernel.empty()) {
    values.push_back({"kernel_release", kernel});
    values.push_back({"kernel_evr", evr});
    values.push_back({"kernel_abi", abi});
  }
  if (!kind.empty()) values.push_back({"kernel_flavour", kind});
  std::vector<std::string> names;
  for (const std::string& name : module.packages) {
    auto filled = expand(name, values);
    if (!filled) return {};
    names.push_back(std::move(*filled));
  }
  return names;
}

ModuleChoice choose_module(const DriverPackageSet& set, const DriverOffer& offer, const PackageSource& source,
                           const Distro& distro, const HostFacts& facts, const Catalog& catalog,
                           const RepositoryMetadata& metadata) {
  const FlavourChoice flavour =
      choose_flavour(facts.gpus, offer.modules, fmt::format("{}, driver {}", source.title, offer.version), catalog);
  if (flavour.flavour.empty()) {
    ModuleChoice none;
    none.conflicts = flavour.conflicts;
    return none;
  }
  const Prebuilt prebuilt{set, offer, distro, facts, metadata};
  if (auto packages = prebuilt.packages(flavour.flavour); !packages.empty())
    return chosen(*find_module(set, flavour.flavour, "prebuilt"), std::move(packages), flavour.reason_rule);
  const ModulePackages* dkms = find_module(set, flavour.flavour, "dkms");
  const std::string other = flavour.flavour == "open" ? "proprietary" : "open";
  const bool other_offered = std::ranges::find(offer.modules, other) != offer.modules.end();
  const std::string third_party = third_party_of(dkms, source, facts);
  if ((dkms == nullptr || !third_party.empty()) && other_offered && gpus_allow(other, facts, catalog))
    if (auto packages = prebuilt.packages(other); !packages.empty())
      return chosen(*find_module(set, other, "prebuilt"), std::move(packages), "prebuilt-spares-third-party",
                    third_party);
  if (dkms != nullptr)
    return chosen(*dkms, module_packages(*dkms, offer.version, boot_kernel(facts), facts, distro), flavour.reason_rule);
  ModuleChoice none;
  none.conflicts.push_back({.reason = ConflictReason::driver_not_in_repository,
                            .subject = offer.version,
                            .other = source.title,
                            .limit = "a kernel module for " + boot_kernel(facts),
                            .sources = offer.sources});
  return none;
}

}  // namespace nvprov
