#include "resolve/remedies.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "base/version.hpp"
#include "resolve/gpu_rules.hpp"

namespace nvprov {
namespace {

std::string effect_of(const Resolution& resolution) {
  std::vector<std::string> parts;
  if (resolution.driver) parts.push_back("driver " + resolution.driver->version);
  if (resolution.cuda) parts.push_back("CUDA " + resolution.cuda->release);
  return join(parts, ", ");
}

bool serves_all(const DriverBranch& branch, const std::vector<Gpu>& gpus, const Catalog& catalog) {
  std::vector<std::string> flavours;
  if (branch.has_open_module) flavours.emplace_back("open");
  if (branch.has_proprietary_module) flavours.emplace_back("proprietary");
  const bool served =
      std::ranges::none_of(gpus, [&](const Gpu& gpu) { return gpu_not_served(gpu, branch, catalog).has_value(); });
  return served && choose_flavour(gpus, flavours, branch.branch, catalog).conflicts.empty();
}

bool serves_cuda(const DriverBranch& branch, const Request& request) {
  const auto wanted = Version::parse(request.cuda);
  return !wanted || (branch.cuda && compare_versions(*branch.cuda, request.cuda) >= 0);
}

std::vector<std::string> branches_for(const std::vector<Gpu>& gpus, const Catalog& catalog) {
  std::vector<std::string> branches;
  for (const DriverBranch& branch : catalog.drivers)
    if (serves_all(branch, gpus, catalog)) branches.push_back(branch.branch);
  return branches;
}

// "570 to 580, proprietary": what one GPU needs, as far as the catalog's branches tell.
std::string needs_of(const Gpu& gpu, const Catalog& catalog) {
  const std::vector<std::string> branches = branches_for({gpu}, catalog);
  if (branches.empty()) return "none";
  std::string range =
      branches.front() == branches.back() ? branches.front() : branches.front() + " to " + branches.back();
  switch (module_support(gpu, catalog)) {
    case ModuleSupport::open_only: return range + ", open";
    case ModuleSupport::proprietary_only: return range + ", proprietary";
    case ModuleSupport::either: break;
  }
  return range;
}

void without_one_kind(std::vector<Remedy>& remedies, const HostFacts& facts, const Request& request,
                      const ResolveAgain& resolve_again) {
  const std::vector<Gpu> kinds = distinct_gpus(facts.gpus);
  if (kinds.size() < 2) return;
  for (const Gpu& kind : kinds) {
    HostFacts fewer = facts;
    std::erase_if(fewer.gpus, [&](const Gpu& gpu) { return gpu.device_id == kind.device_id && gpu.name == kind.name; });
    if (const auto answer = resolve_again(fewer, request))
      remedies.push_back({.action = "drop-gpu", .value = kind.name, .effect = effect_of(*answer)});
  }
}

void with_less_asked(std::vector<Remedy>& remedies, const HostFacts& facts, const Catalog& catalog,
                     const Request& request, const ResolveAgain& resolve_again) {
  if (request.driver != "auto") {
    Request any = request;
    any.driver = "auto";
    if (const auto answer = resolve_again(facts, any))
      remedies.push_back({.action = "choose-driver", .value = "auto", .effect = effect_of(*answer)});
  }
  if (request.cuda == "auto" || request.cuda == "none") return;
  for (const CudaRelease& cuda : catalog.cuda) {
    Request other = request;
    other.cuda = "=" + cuda.release;
    if (const auto answer = resolve_again(facts, other))
      remedies.push_back({.action = "choose-cuda", .value = cuda.release, .effect = effect_of(*answer)});
  }
}

// The same host after an upgrade: its packages and repositories are those of the other release, so nothing is known
// of them.
HostFacts upgraded(const HostFacts& facts, const Distro& distro) {
  HostFacts later = facts;
  later.os->version_id = distro.version_id;
  later.os->codename = distro.codename;
  later.os->name = distro.name;
  later.package_facts.packages.clear();
  later.package_facts.repositories.clear();
  later.driver = {};
  later.kernel = {};
  later.diagnostics.push_back({.file = {}, .place = "package_facts", .message = "after an upgrade", .hint = {}});
  return later;
}

void with_other_distro(std::vector<Remedy>& remedies, const HostFacts& facts, const Catalog& catalog,
                       const Request& request, const ResolveAgain& resolve_again) {
  if (!facts.os) return;
  for (const Distro& distro : catalog.distros) {
    const bool later = distro.os_id == facts.os->id && compare_versions(distro.version_id, facts.os->version_id) > 0;
    if (!later) continue;
    if (const auto answer = resolve_again(upgraded(facts, distro), request))
      remedies.push_back({.action = "upgrade-distro", .value = distro.name, .effect = effect_of(*answer)});
  }
}

bool is_offered(const DriverBranch& branch, const HostFacts& facts, const Catalog& catalog) {
  const Distro* distro = facts.os ? find_distro_of(catalog, facts.os->id, facts.os->version_id) : nullptr;
  return distro != nullptr && std::ranges::any_of(distro->package_sources, [&](const PackageSource& source) {
           return std::ranges::find(source.drivers, branch.branch, &DriverOffer::branch) != source.drivers.end();
         });
}

// A branch that would serve and is offered here is not what is missing.
void with_other_branch(std::vector<Remedy>& remedies, const HostFacts& facts, const Catalog& catalog,
                       const Request& request) {
  if (facts.gpus.empty() || request.target == Target::image) return;
  std::vector<std::string> branches;
  for (const DriverBranch& branch : catalog.drivers)
    if (is_supported(catalog, branch, facts.observed_on) && serves_all(branch, facts.gpus, catalog) &&
        serves_cuda(branch, request) && !is_offered(branch, facts, catalog))
      branches.push_back(branch.branch);
  if (!branches.empty())
    remedies.push_back({.action = "other-branch", .value = "driver branch " + join(branches, ", "), .effect = {}});
}

bool is_about(const Unsatisfiable& refusal, std::initializer_list<ConflictReason> reasons) {
  return std::ranges::any_of(refusal.conflicts, [&](const Conflict& conflict) {
    return std::ranges::find(reasons, conflict.reason) != reasons.end();
  });
}

}  // namespace

std::vector<Conflict> excluding_pairs(const std::vector<Gpu>& gpus, const Catalog& catalog) {
  std::vector<Conflict> pairs;
  const std::vector<Gpu> kinds = distinct_gpus(gpus);
  for (std::size_t i = 0; i < kinds.size(); ++i)
    for (std::size_t j = i + 1; j < kinds.size(); ++j) {
      const bool each_alone = !branches_for({kinds[i]}, catalog).empty() && !branches_for({kinds[j]}, catalog).empty();
      if (!each_alone || !branches_for({kinds[i], kinds[j]}, catalog).empty()) continue;
      pairs.push_back({.reason = ConflictReason::gpus_exclude_each_other,
                       .subject = kinds[i].name,
                       .other = kinds[j].name,
                       .limit = needs_of(kinds[i], catalog) + " / " + needs_of(kinds[j], catalog),
                       .sources = {}});
    }
  return pairs;
}

std::vector<Remedy> find_remedies(const HostFacts& facts, const Catalog& catalog, const Request& request,
                                  const Unsatisfiable& refusal, const ResolveAgain& resolve_again) {
  std::vector<Remedy> remedies;
  if (is_about(refusal, {ConflictReason::unknown_distro, ConflictReason::distro_not_supported,
                         ConflictReason::no_package_manager}))
    return remedies;
  if (is_about(refusal, {ConflictReason::no_gpu})) {
    remedies.push_back({.action = "name-gpu", .value = "--gpu T4", .effect = {}});
    return remedies;
  }
  with_less_asked(remedies, facts, catalog, request, resolve_again);
  without_one_kind(remedies, facts, request, resolve_again);
  with_other_distro(remedies, facts, catalog, request, resolve_again);
  with_other_branch(remedies, facts, catalog, request);
  if (request.source != "auto") {
    Request any = request;
    any.source = "auto";
    if (const auto answer = resolve_again(facts, any))
      remedies.push_back({.action = "use-source", .value = "auto", .effect = effect_of(*answer)});
  }
  return remedies;
}

}  // namespace nvprov
