#include "resolve/remedies.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/append.hpp"
#include "base/append_new.hpp"
#include "base/text.hpp"
#include "base/version.hpp"
#include "resolve/compat_choice.hpp"
#include "resolve/gpu_rules.hpp"
#include "resolve/matrix.hpp"
#include "resolve/resolve.hpp"

namespace nvprov {
namespace {

std::string effect_of(const Resolution& resolution) {
  std::vector<std::string> parts;
  if (resolution.driver) parts.push_back("driver " + resolution.driver->version);
  for (const CudaChoice& cuda : resolution.cuda) parts.push_back("CUDA " + cuda.release);
  return join(parts, ", ");
}

bool serves_all(const DriverBranch& branch, const std::vector<Gpu>& gpus, const Catalog& catalog) {
  std::vector<std::string> flavours;
  if (branch.has_open_module) flavours.emplace_back("open");
  if (branch.has_proprietary_module) flavours.emplace_back("proprietary");
  const bool served =
      std::ranges::none_of(gpus, [&](const Gpu& gpu) { return gpu_not_served(gpu, branch, catalog).has_value(); });
  return served && !no_common_flavour(gpus, flavours, branch.branch, catalog);
}

bool serves_cuda(const DriverBranch& branch, const Request& request) {
  return std::ranges::all_of(request.cuda, [&](const std::string& asked) {
    return !Version::parse(asked) || (branch.cuda && compare_versions(*branch.cuda, asked) >= 0);
  });
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

// What is changed, and what the machine and the request are then.
struct Changed {
  HostFacts facts;
  Request request;
  std::vector<Change> changes;
};

void erase_word(std::vector<std::string>& words, const std::string& word) { std::erase(words, word); }

// Does without one requirement; which other CUDA release to take is decided when all else has changed.
void do_without(Changed& changed, const Requirement& requirement) {
  const auto change = [&](std::string action, std::string value) {
    changed.changes.push_back({.action = std::move(action), .value = std::move(value)});
  };
  switch (requirement.kind) {
    case RequirementKind::driver: changed.request.driver = "auto"; return change("choose-driver", "auto");
    case RequirementKind::module: changed.request.module = "auto"; return change("choose-module", "auto");
    case RequirementKind::source: changed.request.source = "auto"; return change("use-source", "auto");
    case RequirementKind::library:
      erase_word(changed.request.libraries, requirement.subject);
      return change("leave-out", "--libraries " + requirement.subject);
    case RequirementKind::tool:
      erase_word(changed.request.tools, requirement.subject);
      return change("leave-out", "--tools " + requirement.subject);
    case RequirementKind::addition:
      erase_word(changed.request.additions, requirement.subject);
      return change("leave-out", "--with " + requirement.subject);
    case RequirementKind::strict: changed.request.strict = false; return change("leave-out", "--strict");
    case RequirementKind::gpu:
      std::erase_if(changed.facts.gpus, [&](const Gpu& gpu) { return gpu.name == requirement.subject; });
      return change("drop-gpu", requirement.subject);
    case RequirementKind::kernel:
      changed.facts.kernel.installed.clear();
      return change("other-kernel", requirement.subject);
    case RequirementKind::cuda:
    case RequirementKind::fabric:
    case RequirementKind::repositories:
    case RequirementKind::machine:
    case RequirementKind::purpose: return;
  }
}

// The release a request names, or the first a range names.
std::optional<Version> release_named(const std::string& asked) {
  if (auto version = Version::parse(asked)) return version;
  const auto constraint = parse_constraint(asked);
  if (!constraint || constraint->bounds.empty()) return std::nullopt;
  return constraint->bounds.front().version;
}

// Every release there is for this machine, the nearest to the one asked for first, the older of two before the younger.
std::vector<std::string> instead_of(const std::string& asked, const HostFacts& facts, const Catalog& catalog) {
  const Distro* distro = distro_of(facts, catalog);
  const auto wanted = release_named(asked);
  std::vector<std::string> older;
  std::vector<std::string> younger;
  for (const CudaRelease& cuda : catalog.cuda) {
    const auto release = Version::parse(cuda.release);
    if (!release || cuda.release == asked || distro == nullptr) continue;
    if (sources_of_cuda(*distro, facts.architecture, cuda.release).empty()) continue;
    (wanted && *release < *wanted ? older : younger).push_back(cuda.release);
  }
  std::vector<std::string> nearest;
  while (!older.empty() || !younger.empty()) {
    if (!older.empty()) {
      nearest.push_back(older.back());
      older.pop_back();
    }
    if (younger.empty()) continue;
    nearest.push_back(younger.front());
    younger.erase(younger.begin());
  }
  return nearest;
}

// The releases with one of them replaced by "" or by another; none at all is said in a word.
std::vector<std::string> replaced(std::vector<std::string> releases, std::size_t index, const std::string& by) {
  if (by.empty())
    releases.erase(releases.begin() + static_cast<std::ptrdiff_t>(index));
  else
    releases[index] = by;
  if (releases.empty()) releases = {"none"};
  return releases;
}

// The request with the nearest other release for each of these that cannot be met, or with none in its place; the best
// first.
std::vector<Request> with_other_cuda(const Request& request, const std::vector<std::string>& unmet,
                                     const HostFacts& facts, const Catalog& catalog) {
  if (unmet.empty()) return {request};
  const auto at = std::ranges::find(request.cuda, unmet.front());
  if (at == request.cuda.end()) return {};
  const auto index = static_cast<std::size_t>(at - request.cuda.begin());
  std::vector<std::string> others;
  for (const std::string& release : instead_of(unmet.front(), facts, catalog))
    others.push_back("=" + release);  // and not a later one in its place
  others.emplace_back();
  std::vector<Request> all;
  for (const std::string& other : others) {
    Request changed = request;
    changed.cuda = replaced(request.cuda, index, other);
    append(all, with_other_cuda(changed, {unmet.begin() + 1, unmet.end()}, facts, catalog));
  }
  return all;
}

// What is typed for releases: those that were asked for as they were, the others plainly, each once.
std::string typed_releases(const std::vector<std::string>& releases, const std::vector<std::string>& asked) {
  std::vector<std::string> typed;
  for (const std::string& release : releases) {
    const bool is_new = std::ranges::find(asked, release) == asked.end() && release.starts_with("=");
    append_new(typed, {is_new ? release.substr(1) : release});
  }
  return join(typed, ",");
}

std::optional<Remedy> remedy_of(const std::vector<Requirement>& way_out, const HostFacts& facts, const Catalog& catalog,
                                const Request& request, const ResolveAgain& resolve_again) {
  Changed changed{facts, request, {}};
  std::vector<std::string> unmet;
  for (const Requirement& requirement : way_out) {
    if (requirement.kind == RequirementKind::cuda) unmet.push_back(requirement.subject);
    do_without(changed, requirement);
  }
  const std::vector<Request> others = with_other_cuda(changed.request, unmet, changed.facts, catalog);
  const auto answer = others.empty() ? std::nullopt : resolve_again(changed.facts, others);
  if (!answer || effect_of(answer->resolution).empty()) return std::nullopt;
  const std::string cuda = typed_releases(others[answer->request].cuda, request.cuda);
  if (!unmet.empty())
    changed.changes.insert(changed.changes.begin(),
                           {.action = cuda == "none" ? "leave-out-cuda" : "choose-cuda", .value = cuda});
  return Remedy{.changes = changed.changes, .effect = effect_of(answer->resolution)};
}

// A compatibility package helps only where each answer fails by a CUDA release that was asked for.
void with_compat(std::vector<Remedy>& remedies, const Impasse& impasse, const HostFacts& facts, const Request& request,
                 const ResolveAgain& resolve_again) {
  const auto& core = impasse.refusal.requirements;
  if (wants_compat(request) || std::ranges::find(core, RequirementKind::cuda, &Requirement::kind) == core.end()) return;
  Request other = request;
  other.additions.emplace_back("compat");
  if (const auto answer = resolve_again(facts, {other}))
    remedies.push_back({.changes = {{.action = "with", .value = "compat"}}, .effect = effect_of(answer->resolution)});
}

// The same host after an upgrade: its packages and repositories are those of the other release, so nothing is known
// of them.
HostFacts upgraded(const HostFacts& facts, const Distro& distro) {
  HostFacts later = facts;
  later.os->version_id = distro.version_id;
  later.os->codename = distro.codename;
  later.os->name = distro.name;
  later.os->recognised_as.reset();
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
    if (const auto answer = resolve_again(upgraded(facts, distro), {request}))
      remedies.push_back(
          {.changes = {{.action = "upgrade-distro", .value = distro.name}}, .effect = effect_of(answer->resolution)});
  }
}

bool is_offered(const DriverBranch& branch, const HostFacts& facts, const Catalog& catalog) {
  const Distro* distro = distro_of(facts, catalog);
  return distro != nullptr && !sources_of_branch(*distro, "", branch.branch).empty();
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
    remedies.push_back(
        {.changes = {{.action = "other-branch", .value = "driver branch " + join(branches, ", ")}}, .effect = {}});
}

// What is of the driver is left out where the driver is not nvprov's to install.
std::vector<Remedy> without_add_ons(const HostFacts& facts, const Request& request, const Unsatisfiable& refusal,
                                    const ResolveAgain& resolve_again) {
  Changed changed{facts, request, {}};
  for (const Conflict& conflict : refusal.conflicts) do_without(changed, {RequirementKind::addition, conflict.subject});
  const auto answer = resolve_again(changed.facts, {changed.request});
  if (!answer) return {};
  return {{.changes = changed.changes, .effect = effect_of(answer->resolution)}};
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
                                  const Impasse& impasse, const ResolveAgain& resolve_again) {
  std::vector<Remedy> remedies;
  if (is_about(impasse.refusal, {ConflictReason::no_gpu}))
    return {{.changes = {{.action = "name-gpu", .value = "--gpu T4"}}, .effect = {}}};
  if (is_about(impasse.refusal, {ConflictReason::addition_is_of_driver}))
    return without_add_ons(facts, request, impasse.refusal, resolve_again);
  // What the mirror in use lacks has nothing to do with the distribution.
  if (is_about(impasse.refusal, {ConflictReason::toolkit_not_in_repository, ConflictReason::engine_not_offered,
                                 ConflictReason::default_cuda_not_there, ConflictReason::default_cuda_no_link}))
    return remedies;
  if (is_about(impasse.refusal, {ConflictReason::unknown_distro, ConflictReason::distro_not_supported,
                                 ConflictReason::no_package_manager}))
    return remedies;
  for (const std::vector<Requirement>& way_out : impasse.ways_out)
    if (auto remedy = remedy_of(way_out, facts, catalog, request, resolve_again))
      remedies.push_back(std::move(*remedy));
  with_compat(remedies, impasse, facts, request, resolve_again);
  with_other_distro(remedies, facts, catalog, request, resolve_again);
  with_other_branch(remedies, facts, catalog, request);
  return remedies;
}

}  // namespace nvprov
