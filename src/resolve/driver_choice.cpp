#include "resolve/driver_choice.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/append.hpp"
#include "base/append_new.hpp"
#include "base/text.hpp"
#include "base/version.hpp"
#include "resolve/cuda_choice.hpp"
#include "resolve/driver_add_ons.hpp"
#include "resolve/driver_candidates.hpp"
#include "resolve/gpu_rules.hpp"
#include "resolve/installed_driver.hpp"
#include "resolve/offers.hpp"
#include "resolve/security_floor.hpp"

namespace nvprov {
namespace {

std::string branch_of(const std::string& version) { return split(version, '.').front(); }

void add_packages(DriverChoice& choice, const DriverPackageSet& set, const ModulePackages* module,
                  std::vector<std::string> packages) {
  choice.package_set = set.id;
  choice.driver_versioned = set.driver_versioned;
  choice.module = set.module;
  choice.packages = std::move(packages);
  if (module == nullptr) return;
  choice.module_name = module->module_name;
  choice.stream = module->stream;
  choice.prerequisites = module->prerequisites;
  // Names that hold a release or a kernel are not in the set's list, and carry the driver's version all the same.
  for (const std::string& name : choice.packages)
    if (std::ranges::find(module->packages, name) == module->packages.end() && contains(name, choice.version) &&
        std::ranges::find(choice.driver_versioned, name) == choice.driver_versioned.end())
      choice.driver_versioned.push_back(name);
}

// Where the module is loaded and no package of it is installed, what would bring one.
const ModulePackages* module_of(const InstalledDriver& installed) {
  if (installed.module != nullptr) return installed.module;
  const auto of_flavour = std::ranges::find(installed.set->modules, installed.flavour, &ModulePackages::flavour);
  return of_flavour == installed.set->modules.end() ? nullptr : &*of_flavour;
}

// Of the driver's parts those that are there, and those the repositories hold at its release.
std::vector<PackageRequest> kept_versions(const DriverChoice& choice, const InstalledDriver& installed,
                                          const Question& question) {
  const RepositoryMetadata& known = metadata_of(question.metadata, *installed.source);
  std::vector<PackageRequest> versions;
  for (const std::string& name : choice.driver_versioned)
    if (const InstalledPackage* package = find_installed(question.facts, name))
      versions.push_back({.name = name, .version = package->version});
    else
      append_new(versions, versions_at(known, {name}, choice.version));
  return versions;
}

void keep_packages(DriverChoice& choice, const InstalledDriver& installed, const Question& question) {
  const ModulePackages* module = module_of(installed);
  std::vector<std::string> packages;
  if (module != nullptr && module->build == "dkms") packages = module->packages;
  const auto wanted = wanted_driver_components(question.facts, question.catalog, question.request);
  append(packages, packages_of(installed.set->components, wanted, question.facts.architecture));
  append_new(packages, packages_of(installed.set->components, question.lookups.add_ons, question.facts.architecture));
  add_packages(choice, *installed.set, module, std::move(packages));
  choice.add_ons = question.lookups.add_ons;
  choice.versions = kept_versions(choice, installed, question);
}

std::optional<std::string> end_of_support_of(const PackageSource& source, const std::string& package_version) {
  const auto offer = std::ranges::find_if(source.drivers, [&](const DriverOffer& each) {
    return each.package_version ? each.package_version == package_version : each.version == release_of(package_version);
  });
  return offer == source.drivers.end() ? std::nullopt : offer->end_of_support;
}

void note_bulletin(DriverAnswer& answer, const Catalog& catalog) {
  const DriverBranch* branch = find_branch(catalog, answer.choice.branch);
  const SecurityFloor* floor = branch != nullptr ? bulletin_against(*branch, answer.choice.version) : nullptr;
  if (floor != nullptr)
    answer.notices.push_back({.kind = NoticeKind::security_bulletin,
                              .subject = answer.choice.version,
                              .other = floor->bulletin,
                              .limit = floor->release});
}

void note_support(DriverAnswer& answer, const HostFacts& facts) {
  const auto& end = answer.choice.end_of_support;
  switch (support_class(end, facts.observed_on)) {
    case SupportClass::current: return;
    case SupportClass::unknown:
      answer.notices.push_back(
          {.kind = NoticeKind::support_unknown, .subject = answer.choice.version, .other = {}, .limit = {}});
      return;
    case SupportClass::past:
      answer.notices.push_back(
          {.kind = NoticeKind::support_past, .subject = answer.choice.version, .other = {}, .limit = *end});
      return;
  }
}

DriverAnswer keep(const InstalledDriver& installed, const Question& question) {
  const Catalog& catalog = question.catalog;
  DriverAnswer answer;
  answer.source = installed.source;
  DriverChoice& choice = answer.choice;
  choice.branch = branch_of(installed.version);
  choice.version = installed.version;
  choice.flavour = installed.flavour;
  choice.package_version = installed.package_version;
  choice.cuda_ceiling = cuda_ceiling(catalog, installed.version);
  choice.kept = true;
  choice.source = installed.source != nullptr ? installed.source->id : "installed";
  const DriverBranch* branch = find_branch(catalog, choice.branch);
  choice.end_of_support = installed.source != nullptr ? end_of_support_of(*installed.source, installed.package_version)
                          : branch != nullptr         ? branch->end_of_life
                                                      : std::nullopt;
  if (installed.set != nullptr) keep_packages(choice, installed, question);
  answer.reasons.push_back({.subject = "driver",
                            .rule = "installed-stays",
                            .chosen = choice.version,
                            .because = choice.source,
                            .sources = branch != nullptr ? branch->sources : std::vector<Source>{}});
  answer.notices.push_back({.kind = NoticeKind::driver_kept,
                            .subject = choice.version,
                            .other = installed.source != nullptr ? installed.source->title : "",
                            .limit = {}});
  note_support(answer, question.facts);
  note_bulletin(answer, catalog);
  return answer;
}

// A newer or older release of the same branch whose open module the source does offer.
std::optional<std::string> release_with_open_module(const DriverCandidate& candidate, const DriverCandidates& all) {
  for (std::size_t i = 0; i < all.releases(); ++i) {
    if (all.offer(i).branch != candidate.offer->branch) continue;
    const bool has_one = std::ranges::any_of(all.of(i), [](const DriverCandidate& other) {
      return other.objections.empty() && other.module.flavour == "open";
    });
    if (has_one) return all.offer(i).version;
  }
  return std::nullopt;
}

void note_flavour(DriverAnswer& answer, const DriverCandidate& candidate, const DriverCandidates& all) {
  answer.reasons.push_back({.subject = "module",
                            .rule = candidate.module.rule,
                            .chosen = candidate.module.flavour,
                            .because = candidate.module.because,
                            .sources = candidate.offer->sources});
  if (candidate.module.rule != "open-not-offered") return;
  if (const auto other = release_with_open_module(candidate, all))
    answer.notices.push_back({.kind = NoticeKind::newer_driver_has_no_module,
                              .subject = candidate.offer->version,
                              .other = *other,
                              .limit = candidate.source->title});
}

// How the module comes to the kernel, where that is not DKMS of the distribution.
void note_module(DriverAnswer& answer, const DriverCandidate& candidate, const HostFacts& facts) {
  const ModulePackages& module = *candidate.module.module;
  if (module.build == "prebuilt" && !facts.kernel.installed.empty())
    answer.notices.push_back({.kind = NoticeKind::module_prebuilt,
                              .subject = facts.kernel.installed.back().release,
                              .other = {},
                              .limit = {}});
  for (const std::string& id : module.prerequisites) {
    const auto found = std::ranges::find(candidate.source->prerequisites, id, &Prerequisite::id);
    if (found != candidate.source->prerequisites.end() && found->repository && found->repository->third_party)
      answer.notices.push_back(
          {.kind = NoticeKind::module_built_from, .subject = found->title, .other = {}, .limit = {}});
  }
}

const DriverCandidate* first_fitting(const std::vector<DriverCandidate>& flavours) {
  const auto fits =
      std::ranges::find_if(flavours, [](const DriverCandidate& candidate) { return candidate.objections.empty(); });
  return fits == flavours.end() ? nullptr : &*fits;
}

// The rule of choice that decided among those that serve the host.
std::string rule_of(const Request& request, const DriverCandidate& candidate, const DriverCandidates& all) {
  if (request.driver == "newest" || request.driver == "production") return request.driver;
  if (request.driver == "lts") return "long-term";
  if (request.driver != "auto") return "asked-for";
  bool is_only = true;
  for (std::size_t i = 0; is_only && i < all.releases(); ++i)
    is_only = all.offer(i).version == candidate.offer->version || first_fitting(all.of(i)) == nullptr;
  if (is_only) return "only-candidate";
  return candidate.offer->end_of_support ? "longest-support" : "newest-unsupported";
}

Alternative alternative_to(const DriverCandidate& chosen, const DriverCandidate& other) {
  Alternative alternative{.subject = fmt::format("driver {} ({})", other.offer->version, other.source->id),
                          .rule = "older",
                          .because = {},
                          .ask = "--driver " + other.offer->branch};
  const auto& end = other.offer->end_of_support;
  if (end == chosen.offer->end_of_support) return alternative;
  alternative.rule = end ? "support-ends-earlier" : "support-unknown";
  alternative.because = end.value_or("");
  return alternative;
}

// The best of every other branch that would do, in their order.
std::vector<Alternative> alternatives_to(const DriverCandidate& chosen, const DriverCandidates& all) {
  std::vector<Alternative> alternatives;
  std::vector<std::string> branches = {chosen.offer->branch};
  for (std::size_t i = 0; i < all.releases(); ++i) {
    if (std::ranges::find(branches, all.offer(i).branch) != branches.end()) continue;
    const DriverCandidate* fitting = first_fitting(all.of(i));
    if (fitting == nullptr) continue;
    branches.push_back(fitting->offer->branch);
    alternatives.push_back(alternative_to(chosen, *fitting));
  }
  return alternatives;
}

// Releases of one branch that fail alike are one.
void reject(std::vector<RejectedCandidate>& rejected, const DriverCandidate& candidate) {
  const Conflict& conflict = candidate.objections.front().conflict;
  const bool is_known = std::ranges::any_of(rejected, [&](const RejectedCandidate& other) {
    return other.conflict.reason == conflict.reason && other.conflict.subject == conflict.subject &&
           other.conflict.other == conflict.other;
  });
  if (!is_known)
    rejected.push_back({.subject = fmt::format("driver {} ({})", candidate.offer->version, candidate.source->id),
                        .conflict = conflict});
}

// Those that look better, and why they are not it.
std::vector<RejectedCandidate> rejected_before(const DriverCandidate& chosen, const DriverCandidates& all) {
  std::vector<RejectedCandidate> rejected;
  for (std::size_t i = 0; i < all.releases() && &all.offer(i) != chosen.offer; ++i) {
    if (all.offer(i).version == chosen.offer->version) continue;
    for (const DriverCandidate& candidate : all.of(i))
      if (!candidate.objections.empty()) reject(rejected, candidate);
  }
  return rejected;
}

void add_strict(std::vector<Objection>& objections, const DriverChoice& choice, const Question& question) {
  const auto& end = choice.end_of_support;
  if (!question.request.strict || support_class(end, question.facts.observed_on) != SupportClass::past) return;
  objections.push_back({{RequirementKind::strict, {}},
                        {.reason = ConflictReason::support_is_over,
                         .subject = "driver " + choice.version,
                         .other = {},
                         .limit = *end,
                         .sources = {}}});
}

// What a whole driver that is installed does not hold to of what is asked.
void add_asked(std::vector<Objection>& objections, const InstalledDriver& installed, const Question& question) {
  const Request& request = question.request;
  const auto object = [&](RequirementKind kind, const std::string& asked, std::string why) {
    objections.push_back({{kind, asked},
                          {.reason = ConflictReason::installed_driver_unfit,
                           .subject = installed.version,
                           .other = std::move(why),
                           .limit = {},
                           .sources = {}}});
  };
  const DriverBranch* branch = find_branch(question.catalog, branch_of(installed.version));
  if (branch == nullptr || request.driver == "newest" ||
      !is_driver_asked_for(request.driver, *branch, installed.version))
    object(RequirementKind::driver, request.driver, "driver " + request.driver + " is asked for");
  if (request.source != "auto" && (installed.source == nullptr || installed.source->id != request.source))
    object(RequirementKind::source, request.source, "it comes from elsewhere");
  if (request.module != "auto" && installed.flavour != request.module)
    object(RequirementKind::module, request.module, "its kernel module is " + installed.flavour);
}

// What is there of an add-on need not be in a repository.
bool has_add_on(const std::string& add_on, const InstalledDriver& installed, const HostFacts& facts) {
  const std::vector<std::string> packages = packages_of(installed.set->components, {add_on}, facts.architecture);
  return !packages.empty() && std::ranges::all_of(packages, [&](const std::string& package) {
    return find_installed(facts, package) != nullptr;
  });
}

void add_add_ons(std::vector<Objection>& objections, const InstalledDriver& installed, const Question& question) {
  for (const std::string& add_on : question.lookups.add_ons) {
    const Requirement asked{RequirementKind::addition, add_on};
    if (installed.set == nullptr)
      objections.push_back({asked,
                            {.reason = ConflictReason::installed_driver_unfit,
                             .subject = installed.version,
                             .other = "no packages of " + add_on + " are known for it",
                             .limit = {},
                             .sources = {}}});
    else if (!has_add_on(add_on, installed, question.facts) &&
             is_add_on_missing(add_on, *installed.set, installed.version,
                               metadata_of(question.metadata, *installed.source), question.facts.architecture))
      objections.push_back({asked, add_on_not_offered(add_on, *installed.source)});
    else if (auto conflict = add_on_wants_open_module(add_on, *installed.set, installed.flavour, installed.version))
      objections.push_back({asked, std::move(*conflict)});
  }
}

// A module that is there for the kernel that boots next needs no building.
bool is_there_for_boot(const HostFacts& facts) { return has_nvidia_module(facts.kernel, boot_kernel(facts)); }

void add_kernel(std::vector<Objection>& objections, const InstalledDriver& installed, const Question& question) {
  if (is_there_for_boot(question.facts) || could_not_look(question.facts, "kernel.modules_of_nvidia")) return;
  const bool is_own = installed.source != nullptr && installed.source->family.empty();
  const ModuleBuild build{.driver = installed.version,
                          .flavour = installed.flavour,
                          .origin = is_own && !installed.source->origins.empty()
                                        ? std::optional(installed.source->origins.front())
                                        : std::nullopt,
                          .package_version = installed.package_version};
  if (auto conflict = module_does_not_build(build, question))
    objections.push_back({{RequirementKind::kernel, boot_kernel(question.facts)}, std::move(*conflict)});
}

}  // namespace

StayingDriver staying_driver(const Question& question) {
  StayingDriver staying;
  const auto installed = find_installed_driver(question.facts, question.distro);
  if (!installed) return staying;
  if (const auto broken = installed_driver_broken(*installed, question.catalog)) {
    staying.broken = {.subject = "installed driver " + installed->version, .conflict = *broken};
    return staying;
  }
  staying.objections = installed_driver_objections(*installed, question.facts, question.catalog);
  add_asked(staying.objections, *installed, question);
  add_kernel(staying.objections, *installed, question);
  add_add_ons(staying.objections, *installed, question);
  staying.answer = keep(*installed, question);
  add_strict(staying.objections, staying.answer->choice, question);
  return staying;
}

DriverAnswer take_driver(const DriverCandidate& candidate, const DriverCandidates& all, const Question& question) {
  DriverAnswer answer;
  answer.source = candidate.source;
  DriverChoice& choice = answer.choice;
  choice.branch = candidate.offer->branch;
  choice.version = candidate.offer->version;
  choice.flavour = candidate.module.flavour;
  choice.source = candidate.source->id;
  choice.package_version = candidate.offer->package_version.value_or("");
  choice.end_of_support = candidate.offer->end_of_support;
  choice.cuda_ceiling = cuda_ceiling(question.catalog, choice.version);
  add_packages(choice, *candidate.set, candidate.module.module, candidate.packages);
  choice.add_ons = question.lookups.add_ons;
  const RepositoryMetadata& known = metadata_of(question.metadata, *candidate.source);
  choice.versions = versions_at(known, choice.driver_versioned, choice.version);
  answer.reasons.push_back({.subject = "driver",
                            .rule = rule_of(question.request, candidate, all),
                            .chosen = choice.version,
                            .because = choice.end_of_support.value_or(""),
                            .sources = candidate.offer->sources});
  answer.rejected = rejected_before(candidate, all);
  answer.alternatives = alternatives_to(candidate, all);
  note_flavour(answer, candidate, all);
  note_support(answer, question.facts);
  note_bulletin(answer, question.catalog);
  note_module(answer, candidate, question.facts);
  for (const std::string& version : unknown_releases(*candidate.source, *candidate.set, known))
    answer.notices.push_back({.kind = NoticeKind::release_unknown_to_catalog,
                              .subject = version,
                              .other = candidate.source->title,
                              .limit = question.catalog.date});
  return answer;
}

}  // namespace nvprov
