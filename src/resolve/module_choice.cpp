#include "resolve/module_choice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "resolve/gpu_rules.hpp"
#include "resolve/host_kernel.hpp"
#include "resolve/kernel_headers.hpp"
#include "resolve/offers.hpp"

namespace nvprov {
namespace {

const ModulePackages* find_module(const DriverPackageSet& set, std::string_view flavour, std::string_view build) {
  const auto found = std::ranges::find_if(
      set.modules, [&](const ModulePackages& each) { return each.flavour == flavour && each.build == build; });
  return found == set.modules.end() ? nullptr : &*found;
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

std::string offer_name(const DriverOfferHere& here) {
  return fmt::format("{}, driver {}", here.source.title, here.offer.version);
}

// The module of one flavour: prebuilt for the kernel that boots where there is one, else built by DKMS.
void find_packages(ModuleOption& option, const DriverOfferHere& here, const Question& question) {
  const Prebuilt prebuilt{here.set, here.offer, question.distro, question.facts, here.metadata};
  option.packages = prebuilt.packages(option.flavour);
  if (!option.packages.empty()) {
    option.module = find_module(here.set, option.flavour, "prebuilt");
    return;
  }
  option.module = find_module(here.set, option.flavour, "dkms");
  if (option.module == nullptr) return;
  option.third_party = third_party_of(option.module, here.source, question.facts);
  option.packages =
      module_packages(*option.module, here.offer.version, boot_kernel(question.facts), question.facts, question.distro);
}

// --- rules: each names what stands in the way of one flavour ---

void rule_gpus_accept(ModuleOption& option, const DriverOfferHere& here, const Question& question) {
  for (const Gpu& gpu : question.lookups.gpus)
    if (auto conflict = flavour_not_accepted(gpu, option.flavour, offer_name(here), question.catalog))
      option.objections.push_back({{RequirementKind::gpu, gpu.name}, std::move(*conflict)});
}

void rule_module_selector(ModuleOption& option, const DriverOfferHere& here, const Question& question) {
  const std::string& asked = question.request.module;
  if (asked == "auto" || asked == option.flavour) return;
  option.objections.push_back({{RequirementKind::module, asked},
                               {.reason = ConflictReason::module_not_asked_for,
                                .subject = asked,
                                .other = offer_name(here),
                                .limit = {},
                                .sources = here.offer.sources}});
}

void rule_module_there(ModuleOption& option, const DriverOfferHere& here, const Question& question) {
  if (option.module != nullptr) return;
  const std::string kernel = boot_kernel(question.facts);
  option.objections.push_back(
      {kernel.empty() ? Requirement{RequirementKind::repositories, {}} : Requirement{RequirementKind::kernel, kernel},
       {.reason = ConflictReason::kernel_module_missing,
        .subject = here.offer.version,
        .other = here.source.title,
        .limit = kernel,
        .sources = here.offer.sources}});
}

// Of the distribution's own packages whose: they may have patches of their own.
std::optional<std::string> origin_of(const PackageSource& source) {
  return source.family.empty() && !source.origins.empty() ? std::optional(source.origins.front()) : std::nullopt;
}

void rule_builds_on_kernel(ModuleOption& option, const DriverOfferHere& here, const Question& question) {
  if (option.module == nullptr || option.module->build != "dkms") return;
  const ModuleBuild build{.driver = here.offer.version,
                          .flavour = option.flavour,
                          .origin = origin_of(here.source),
                          .package_version = here.offer.package_version};
  if (auto conflict = module_does_not_build(build, question))
    option.objections.push_back({{RequirementKind::kernel, boot_kernel(question.facts)}, std::move(*conflict)});
}

// What a third party must be added for, or is not there at all, comes last; of two equals the open one is better.
bool is_better_module(const ModuleOption& left, const ModuleOption& right) {
  const auto burden = [](const ModuleOption& option) {
    return option.module == nullptr || !option.third_party.empty();
  };
  if (burden(left) != burden(right)) return burden(right);
  return left.flavour == "open" && right.flavour != "open";
}

// Why this flavour, should it be taken.
void set_rule(ModuleOption& option, const std::vector<ModuleOption>& options, const DriverOfferHere& here,
              const Question& question) {
  if (question.request.module != "auto") {
    option.rule = "asked-for";
    return;
  }
  const auto open = std::ranges::find(options, "open", &ModuleOption::flavour);
  if (option.flavour == "open")
    option.rule = "open-where-possible";
  else if (std::ranges::any_of(question.lookups.gpus, [&](const Gpu& gpu) {
             return module_support(gpu, question.catalog) == ModuleSupport::proprietary_only;
           }))
    option.rule = "proprietary-needed";
  else if (open == options.end()) {
    option.rule = "open-not-offered";
    option.because = here.offer.no_open_module.value_or("");
  } else if (!open->third_party.empty()) {
    option.rule = "prebuilt-spares-third-party";
    option.because = open->third_party;
  } else
    option.rule = "open-not-possible";
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

std::optional<Conflict> module_does_not_build(const ModuleBuild& build, const Question& question) {
  const auto& kernel = question.lookups.kernel;
  const DriverBranch* branch = find_branch(question.catalog, split(build.driver, '.').front());
  if (!kernel || branch == nullptr) return std::nullopt;
  KernelAnswer answer = kernel_support(*branch, build, *kernel);
  if (answer.verdict != KernelVerdict::fails) return std::nullopt;
  return Conflict{.reason = ConflictReason::kernel_breaks_module,
                  .subject = build.driver,
                  .other = kernel->release,
                  .limit = answer.first_driver.value_or(""),
                  .sources = std::move(answer.sources)};
}

std::vector<ModuleOption> module_options(const DriverOfferHere& here, const Question& question) {
  std::vector<ModuleOption> options;
  for (const std::string& flavour : here.offer.modules) {
    ModuleOption option;
    option.flavour = flavour;
    find_packages(option, here, question);
    rule_gpus_accept(option, here, question);
    rule_module_selector(option, here, question);
    rule_module_there(option, here, question);
    rule_builds_on_kernel(option, here, question);
    options.push_back(std::move(option));
  }
  std::ranges::stable_sort(options, is_better_module);
  for (ModuleOption& option : options) set_rule(option, options, here, question);
  return options;
}

}  // namespace nvprov
