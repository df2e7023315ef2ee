#include "resolve/driver_choice.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "base/version.hpp"
#include "resolve/cuda_choice.hpp"
#include "resolve/driver_candidates.hpp"
#include "resolve/gpu_rules.hpp"
#include "resolve/installed_driver.hpp"
#include "resolve/offers.hpp"

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

void keep_packages(DriverChoice& choice, const InstalledDriver& installed, const HostFacts& facts,
                   const Catalog& catalog, const Request& request) {
  const ModulePackages* module = module_of(installed);
  std::vector<std::string> packages;
  if (module != nullptr && module->build == "dkms") packages = module->packages;
  for (std::string& name : packages_of(installed.set->components, wanted_driver_components(facts, catalog, request)))
    packages.push_back(std::move(name));
  add_packages(choice, *installed.set, module, std::move(packages));
  for (const std::string& name : choice.driver_versioned)
    if (const InstalledPackage* package = find_installed(facts, name))
      choice.versions.push_back({.name = name, .version = package->version});
}

std::optional<std::string> end_of_support_of(const PackageSource& source, const std::string& package_version) {
  const auto offer = std::ranges::find_if(source.drivers, [&](const DriverOffer& each) {
    return each.package_version ? each.package_version == package_version : each.version == release_of(package_version);
  });
  return offer == source.drivers.end() ? std::nullopt : offer->end_of_support;
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

DriverAnswer keep(const InstalledDriver& installed, const HostFacts& facts, const Catalog& catalog,
                  const Request& request) {
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
  if (installed.set != nullptr) keep_packages(choice, installed, facts, catalog, request);
  answer.reasons.push_back({.subject = "driver",
                            .rule = "installed-stays",
                            .chosen = choice.version,
                            .because = choice.source,
                            .sources = branch != nullptr ? branch->sources : std::vector<Source>{}});
  answer.notices.push_back({.kind = NoticeKind::driver_kept,
                            .subject = choice.version,
                            .other = installed.source != nullptr ? installed.source->title : "",
                            .limit = {}});
  note_support(answer, facts);
  return answer;
}

// A newer or older release of the same branch whose open module the source does offer.
std::optional<std::string> release_with_open_module(const DriverCandidate& candidate,
                                                    const std::vector<DriverCandidate>& all) {
  for (const DriverCandidate& other : all)
    if (other.source == candidate.source && other.offer->branch == candidate.offer->branch && other.conflicts.empty() &&
        other.module.module != nullptr && other.module.module->flavour == "open")
      return other.offer->version;
  return std::nullopt;
}

void note_flavour(DriverAnswer& answer, const DriverCandidate& candidate, const std::vector<DriverCandidate>& all) {
  answer.reasons.push_back({.subject = "module",
                            .rule = candidate.module.rule,
                            .chosen = candidate.module.module->flavour,
                            .because = candidate.module.rule == "open-not-offered"
                                           ? candidate.offer->no_open_module.value_or("")
                                           : candidate.module.because,
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

// The rule of choice that decided among those that serve the host.
std::string rule_of(const Request& request, const std::vector<DriverCandidate>& all,
                    const std::optional<std::string>& end_of_support) {
  if (request.driver == "newest" || request.driver == "production") return request.driver;
  if (request.driver == "lts") return "long-term";
  if (request.driver != "auto") return "asked-for";
  const auto serving = std::ranges::count_if(all, [](const DriverCandidate& each) { return each.conflicts.empty(); });
  if (serving == 1) return "only-candidate";
  return end_of_support ? "longest-support" : "newest-unsupported";
}

DriverAnswer take(const DriverCandidate& candidate, const std::vector<DriverCandidate>& all, const HostFacts& facts,
                  const Catalog& catalog, const Request& request, const RepositoryMetadata& metadata) {
  DriverAnswer answer;
  answer.source = candidate.source;
  DriverChoice& choice = answer.choice;
  choice.branch = candidate.offer->branch;
  choice.version = candidate.offer->version;
  choice.flavour = candidate.module.module->flavour;
  choice.source = candidate.source->id;
  choice.package_version = candidate.offer->package_version.value_or("");
  choice.end_of_support = candidate.offer->end_of_support;
  choice.cuda_ceiling = cuda_ceiling(catalog, choice.version);
  add_packages(choice, *candidate.set, candidate.module.module, candidate.packages);
  const RepositoryMetadata known = metadata_of(metadata, *candidate.source);
  choice.versions = versions_at(known, choice.driver_versioned, choice.version);
  answer.reasons.push_back({.subject = "driver",
                            .rule = rule_of(request, all, choice.end_of_support),
                            .chosen = choice.version,
                            .because = choice.end_of_support.value_or(""),
                            .sources = candidate.offer->sources});
  note_flavour(answer, candidate, all);
  note_support(answer, facts);
  note_module(answer, candidate, facts);
  for (const std::string& version : unknown_releases(*candidate.source, *candidate.set, known))
    answer.notices.push_back({.kind = NoticeKind::release_unknown_to_catalog,
                              .subject = version,
                              .other = candidate.source->title,
                              .limit = catalog.date});
  return answer;
}

std::vector<RejectedCandidate> rejected_of(const std::vector<DriverCandidate>& candidates) {
  std::vector<RejectedCandidate> rejected;
  for (const DriverCandidate& candidate : candidates)
    if (!candidate.conflicts.empty())
      rejected.push_back({.subject = fmt::format("driver {} ({})", candidate.offer->version, candidate.source->id),
                          .conflict = candidate.conflicts.front()});
  return rejected;
}

// What a refusal has to say: the conflicts of the candidates, each once. A release the user did not ask for says
// nothing about the one asked for.
std::vector<Conflict> conflicts_of(const std::vector<DriverCandidate>& candidates, const Distro& distro,
                                   const PackageSource& source, const Request& request) {
  std::vector<Conflict> conflicts;
  const auto add = [&](const Conflict& conflict) {
    if (std::ranges::find(conflicts, conflict) == conflicts.end()) conflicts.push_back(conflict);
  };
  for (const DriverCandidate& candidate : candidates) {
    const bool not_asked_for = std::ranges::any_of(candidate.conflicts, [](const Conflict& conflict) {
      return conflict.reason == ConflictReason::driver_not_offered;
    });
    if (!not_asked_for) std::ranges::for_each(candidate.conflicts, add);
  }
  if (!conflicts.empty()) return conflicts;
  std::vector<std::string> offered;
  for (const DriverOffer& offer : source.drivers) {
    const std::string& name = source.family.empty() ? offer.version : offer.branch;
    if (std::ranges::find(offered, name) == offered.end()) offered.push_back(name);
  }
  return {{.reason = offered.empty() ? ConflictReason::source_has_no_driver : ConflictReason::driver_not_offered,
           .subject = offered.empty() ? source.title : request.driver,
           .other = offered.empty() ? distro.name : source.title,
           .limit = join(offered, ", "),
           .sources = source.sources}};
}

bool may_stay(const InstalledDriver& installed, const Request& request, const Catalog& catalog) {
  const DriverBranch* branch = find_branch(catalog, branch_of(installed.version));
  const bool source_fits =
      request.source == "auto" || (installed.source != nullptr && installed.source->id == request.source);
  return source_fits && request.driver != "newest" && branch != nullptr &&
         is_driver_asked_for(request.driver, *branch, installed.version);
}

}  // namespace

StayingDriver staying_driver(const HostFacts& facts, const Catalog& catalog, const Distro& distro,
                             const Request& request) {
  StayingDriver staying;
  const auto installed = find_installed_driver(facts, distro);
  if (installed) {
    const auto unfit = installed_driver_unfit(*installed, facts, catalog);
    if (unfit)
      staying.rejected.push_back({.subject = "installed driver " + installed->version, .conflict = *unfit});
    else if (may_stay(*installed, request, catalog))
      staying.answer = keep(*installed, facts, catalog, request);
  }
  if (request.driver != "installed" || staying.answer) return staying;
  if (!staying.rejected.empty())
    staying.refusal = {staying.rejected.front().conflict};
  else
    staying.refusal = {
        {.reason = ConflictReason::no_installed_driver, .subject = {}, .other = {}, .limit = {}, .sources = {}}};
  return staying;
}

tl::expected<std::vector<DriverAnswer>, std::vector<Conflict>> suitable_drivers(
    const HostFacts& facts, const Catalog& catalog, const Distro& distro, const PackageSource& source,
    const Request& request, const RepositoryMetadata& metadata) {
  const auto candidates = driver_candidates(facts, catalog, distro, source, request, metadata);
  const auto rejected = rejected_of(candidates);
  std::vector<DriverAnswer> answers;
  for (const DriverCandidate& candidate : candidates)
    if (candidate.conflicts.empty()) answers.push_back(take(candidate, candidates, facts, catalog, request, metadata));
  if (answers.empty()) return tl::unexpected(conflicts_of(candidates, distro, source, request));
  for (DriverAnswer& answer : answers) answer.rejected = rejected;
  return answers;
}

}  // namespace nvprov
