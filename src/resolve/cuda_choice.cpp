#include "resolve/cuda_choice.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/append.hpp"
#include "base/append_new.hpp"
#include "base/text.hpp"
#include "base/version.hpp"
#include "resolve/additions.hpp"
#include "resolve/compat_choice.hpp"
#include "resolve/cuda_on_driver.hpp"
#include "resolve/gpu_rules.hpp"
#include "resolve/host_compiler.hpp"
#include "resolve/known_obstacle.hpp"
#include "resolve/offers.hpp"
#include "resolve/tools.hpp"

namespace nvprov {
namespace {

const CudaUpdate* find_update(const CudaRelease& release, const std::string& version) {
  const auto update = std::ranges::find(release.updates, version, &CudaUpdate::version);
  return update == release.updates.end() ? nullptr : &*update;
}

std::string capability_range(const CudaRelease& release) {
  if (release.compute_capabilities.empty()) return "unknown";
  const auto [lowest, highest] = std::ranges::minmax_element(
      release.compute_capabilities, [](const auto& a, const auto& b) { return compare_versions(a, b) < 0; });
  return *lowest + " to " + *highest;
}

bool runs_on(const CudaRelease& release, const std::string& capability) {
  const auto& all = release.compute_capabilities;
  return std::ranges::find(all, capability) != all.end();
}

// "" where no release of the catalog runs on it.
std::string first_release_for(const Catalog& catalog, const std::string& capability) {
  const auto first =
      std::ranges::find_if(catalog.cuda, [&](const CudaRelease& cuda) { return runs_on(cuda, capability); });
  return first == catalog.cuda.end() ? "" : "CUDA " + first->release;
}

std::vector<std::string> wanted_components(const CudaOffer& offer, const Question& question) {
  const auto& [catalog, request] = std::tie(question.catalog, question.request);
  std::vector<std::string> components;
  for (const std::string& id : request.profiles) {
    const Profile* profile = find_profile(catalog, id);
    if (profile == nullptr) continue;
    const ProfilePart& part = request.target == Target::image ? profile->image : profile->host;
    components.insert(components.end(), part.cuda_components.begin(), part.cuda_components.end());
  }
  for (const std::string& library : request.libraries) {
    if (library != "all")
      components.push_back(library);
    else
      for (const ComponentPackages& component : offer.components)
        if (component.part == "runtime") components.push_back(component.component);
  }
  append(components, tools_of(offer, question));
  std::ranges::sort(components);
  components.erase(std::unique(components.begin(), components.end()), components.end());
  return components;
}

// What is made for other machines was never in question.
bool is_for(const CudaOffer& offer, const std::string& architecture) {
  return std::ranges::find(offer.architectures, architecture) != offer.architectures.end();
}

// What is asked about one request for CUDA on one driver.
struct CudaQuestion {
  const Question& question;
  const PackageSource& source;
  const std::string& asked;
  const std::optional<std::string>& driver_version;
};

void object(CudaCandidate& candidate, RequirementKind kind, std::string subject, Conflict conflict) {
  candidate.objections.push_back({{kind, std::move(subject)}, std::move(conflict)});
}

// --- rules ---

// Which GPUs a release cannot run on.
void rule_gpu_capabilities(CudaCandidate& candidate, const CudaQuestion& on) {
  for (const Gpu& gpu : on.question.lookups.gpus)
    for (Conflict& conflict : capability_conflicts(*candidate.release, {gpu}, on.question.catalog))
      object(candidate, RequirementKind::gpu, gpu.name, std::move(conflict));
}

void rule_cuda_reachable(CudaCandidate& candidate, const CudaQuestion& on) {
  if (auto conflict = offer_not_reachable(*candidate.offer, on.source, on.question.distro, on.question.facts,
                                          metadata_of(on.question.metadata, on.source)))
    object(candidate, RequirementKind::repositories, {}, std::move(*conflict));
}

void rule_libraries_offered(CudaCandidate& candidate, const CudaQuestion& on) {
  std::vector<std::string> offered;
  for (const ComponentPackages& component : candidate.offer->components)
    if (component.part == "runtime") append_new(offered, {component.component});
  for (const std::string& library : on.question.request.libraries)
    if (library != "all" && std::ranges::find(offered, library) == offered.end())
      object(candidate, RequirementKind::library, library,
             {.reason = ConflictReason::library_not_offered,
              .subject = library,
              .other = fmt::format("{} (CUDA {})", on.source.title, candidate.offer->release),
              .limit = join(offered, ", "),
              .sources = candidate.offer->sources});
}

// How the driver runs it: a compatibility package counts only where it is asked for.
void judge_support(CudaCandidate& candidate, const CudaQuestion& on) {
  if (!on.driver_version) return;
  candidate.on_driver = cuda_on_driver(on.question.catalog, *candidate.release, *candidate.update, *on.driver_version);
  candidate.support = candidate.on_driver.support;
  if (candidate.support == CudaSupport::forward && !wants_compat(on.question.request))
    candidate.support = CudaSupport::none;
}

Conflict needs_newer_driver(const CudaCandidate& candidate, const std::string& driver_version) {
  return {.reason = ConflictReason::cuda_needs_newer_driver,
          .subject = candidate.offer->release,
          .other = driver_version,
          .limit = candidate.release->minor_compat_min_driver.value_or(candidate.update->min_driver.value_or("")),
          .sources = candidate.release->sources};
}

// What a typed request lets through. A bare release means "that one, or the nearest later of the same major".
class AskedReleases {
 public:
  explicit AskedReleases(const std::string& typed) : all_(typed == "auto"), named_(Version::parse(typed)) {
    if (all_ || named_) return;
    if (auto constraint = parse_constraint(typed)) constraint_ = std::move(*constraint);
  }

  bool allow(const CudaOffer& offer) const {
    if (all_) return true;
    const auto release = Version::parse(offer.release);
    const auto update = Version::parse(offer.update);
    if (!release || !update) return false;
    if (!named_) return constraint_ && (constraint_->allows(*release) || constraint_->allows(*update));
    const bool same_major = named_->parts().front() == release->parts().front();
    return same_major && (update->starts_with(*named_) || *update >= *named_);
  }

 private:
  bool all_ = false;
  std::optional<Version> named_;
  std::optional<VersionConstraint> constraint_;
};

// Those a request lets through, newest first; how the driver runs each is judged, what else stands in the way is not.
std::vector<CudaCandidate> cuda_candidates(const CudaQuestion& on, const std::string& typed) {
  std::vector<CudaCandidate> candidates;
  const AskedReleases asked(typed);
  for (const CudaOffer& offer : on.source.cuda) {
    if (!is_for(offer, on.question.facts.architecture) || !asked.allow(offer)) continue;
    CudaCandidate candidate;
    candidate.offer = &offer;
    candidate.release = find_cuda(on.question.catalog, offer.release);
    candidate.update = candidate.release != nullptr ? find_update(*candidate.release, offer.update) : nullptr;
    if (candidate.update == nullptr) continue;  // refused when the catalog is loaded
    judge_support(candidate, on);
    candidates.push_back(std::move(candidate));
  }
  std::ranges::stable_sort(candidates, [](const CudaCandidate& left, const CudaCandidate& right) {
    return compare_versions(left.offer->update, right.offer->update) > 0;
  });
  return candidates;
}

// What a component is known to lack on this distribution, or to bring into an image that must not have it.
void rule_installable(CudaCandidate& candidate, const CudaQuestion& on) {
  const Request& request = on.question.request;
  for (const std::string& component : wanted_components(*candidate.offer, on.question)) {
    auto obstacle = known_obstacle(on.question.distro, *candidate.offer, component,
                                   request.target.value_or(Target::host), on.question.facts.architecture);
    if (!obstacle) continue;
    const bool is_missing = obstacle->kind == ObstacleKind::package_missing;
    object(candidate, RequirementKind::repositories, {},
           {.reason = is_missing ? ConflictReason::package_lacks_dependency : ConflictReason::package_brings_driver,
            .subject = fmt::format("{} of CUDA {}", component, candidate.offer->release),
            .other = is_missing ? on.question.distro.name : on.source.title,
            .limit = obstacle->package,
            .sources = std::move(obstacle->sources)});
  }
}

void judge(CudaCandidate& candidate, const CudaQuestion& on) {
  rule_gpu_capabilities(candidate, on);
  rule_libraries_offered(candidate, on);
  rule_tools_offered(candidate, on.question, on.source);
  rule_compat(candidate, on.question, on.source, on.driver_version);
  rule_additions(candidate, on.question, on.source, on.driver_version);
  rule_installable(candidate, on);
  rule_cuda_reachable(candidate, on);
}

std::vector<std::string> offered_releases(const PackageSource& source, const std::string& architecture) {
  std::vector<std::string> releases;
  for (const CudaOffer& offer : source.cuda)
    if (is_for(offer, architecture)) releases.push_back(offer.release);
  return releases;
}

// Of those asked for, a range and `auto` take the newest (the order they come in) that the driver fully supports, else
// the newest; a bare release takes its own newest update, else the nearest later release.
void order_by_request(std::vector<CudaCandidate>& candidates, const std::string& typed) {
  const auto wanted = Version::parse(typed);
  if (!wanted) {
    std::stable_partition(candidates.begin(), candidates.end(),
                          [](const CudaCandidate& candidate) { return candidate.support == CudaSupport::full; });
    return;
  }
  const auto is_that_release = [&](const CudaCandidate& candidate) {
    const auto update = Version::parse(candidate.offer->update);
    return update && update->starts_with(*wanted);
  };
  std::reverse(std::stable_partition(candidates.begin(), candidates.end(), is_that_release), candidates.end());
}

std::string rule_of(const std::string& typed, const std::string& update) {
  if (typed == "auto") return "newest-supported";
  const auto wanted = Version::parse(typed);
  const auto given = Version::parse(update);
  if (!wanted || !given) return "asked-for";
  return given->starts_with(*wanted) ? "exact" : "nearest-later";
}

Conflict not_offered(const CudaQuestion& on) {
  return {.reason = ConflictReason::cuda_not_offered,
          .subject = on.asked,
          .other = on.source.title,
          .limit = join(offered_releases(on.source, on.question.facts.architecture), ", "),
          .sources = on.source.sources};
}

// Why there is none of a release asked for: none is on offer, or the driver is too old for each. Of those the one that
// asks for least tells most.
Objection why_none(const std::vector<CudaCandidate>& asked, const CudaQuestion& on) {
  Objection objection{{RequirementKind::cuda, on.asked}, not_offered(on), false};
  std::optional<std::string> least;
  for (const CudaCandidate& candidate : asked) {
    if (candidate.support != CudaSupport::none) objection.is_implied = true;
    if (candidate.support != CudaSupport::none) continue;
    Conflict conflict = needs_newer_driver(candidate, on.driver_version.value_or(""));
    if (least && compare_versions(conflict.limit, *least) >= 0) continue;
    least = conflict.limit;
    objection.conflict = std::move(conflict);
  }
  return objection;
}

// What belongs to CUDA goes with it.
void object_to_none(CudaCandidate& none, const CudaQuestion& on) {
  for (const std::string& tool : on.question.request.tools) object(none, RequirementKind::tool, tool, not_offered(on));
  for (const std::string& library : on.question.request.libraries)
    object(none, RequirementKind::library, library, not_offered(on));
  const auto& of_driver = on.question.lookups.add_ons;
  for (const std::string& addition : on.question.request.additions)
    if (std::ranges::find(of_driver, addition) == of_driver.end())
      none.objections.push_back(without_addition(addition, on.source));
}

// To go without CUDA, which nothing speaks against unless some was asked for.
CudaCandidate without_cuda(const std::vector<CudaCandidate>& asked, const CudaQuestion& on) {
  CudaCandidate none;
  if (on.asked != "auto") {
    none.objections.push_back(why_none(asked, on));
    if (on.question.request.target == Target::image)
      none.objections.push_back({{RequirementKind::purpose, {}}, none.objections.front().conflict, true});
    return none;
  }
  object_to_none(none, on);
  return none;
}

std::vector<RejectedCandidate> rejected_before(const CudaCandidate& chosen, const CudaQuestion& on) {
  std::vector<RejectedCandidate> rejected;
  for (CudaCandidate& candidate : cuda_candidates(on, on.asked)) {
    if (candidate.offer == chosen.offer) break;
    judge(candidate, on);
    std::optional<Conflict> conflict;
    if (!candidate.objections.empty())
      conflict = candidate.objections.front().conflict;
    else if (candidate.support != CudaSupport::full && on.driver_version)
      conflict = needs_newer_driver(candidate, *on.driver_version);
    if (conflict)
      rejected.push_back(
          {.subject = fmt::format("CUDA {} ({})", candidate.offer->release, on.source.id), .conflict = *conflict});
  }
  return rejected;
}

void note_support(CudaAnswer& answer, const CudaCandidate& candidate, const std::string& driver) {
  const auto note = [&](NoticeKind kind, std::string limit) {
    answer.notices.push_back(
        {.kind = kind, .subject = candidate.offer->release, .other = driver, .limit = std::move(limit)});
  };
  switch (candidate.support) {
    case CudaSupport::minor_version:
      return note(NoticeKind::minor_version_compatibility, candidate.update->min_driver.value_or(""));
    case CudaSupport::forward: return note(NoticeKind::forward_compatibility, candidate.compat_package);
    case CudaSupport::full:
    case CudaSupport::none: return;
  }
}

// Whatever else nvcc needs is of its own packages.
void add_compiler(CudaAnswer& answer, const CudaCandidate& candidate, const Question& question) {
  const auto wanted = wanted_components(*candidate.offer, question);
  const auto compiler = std::ranges::find_if(candidate.offer->components, [&](const ComponentPackages& each) {
    return each.component == "compiler" && std::ranges::find(wanted, each.component) != wanted.end();
  });
  if (compiler == candidate.offer->components.end()) return;
  HostCompilerAnswer found =
      host_compiler(*candidate.release, compiler->host_compiler, question.facts, question.distro);
  answer.choice->compiler = std::move(found.choice);
  if (found.reason) answer.reasons.push_back(std::move(*found.reason));
  if (found.notice) answer.notices.push_back(std::move(*found.notice));
}

// Programs are built for the release that is named, and not for a later one in its place.
std::string as_insisted(const std::string& asked, const Question& question) {
  return Version::parse(asked) && builds_programs(question.catalog, question.request.profiles) ? "=" + asked : asked;
}

// Where no profile brings CUDA none is looked for.
bool is_for_none(const Question& question, const std::string& asked) {
  return asked == "none" || (asked == "auto" && !brings_cuda(question.catalog, question.request.profiles));
}

// A host whose driver is somebody else's, and not known: the newest it runs is not known either.
bool is_driver_unknown(const Question& question, const std::string& asked,
                       const std::optional<std::string>& driver_version) {
  return asked == "auto" && !driver_version && question.request.target == Target::host;
}

}  // namespace

std::vector<Conflict> capability_conflicts(const CudaRelease& cuda, const std::vector<Gpu>& gpus,
                                           const Catalog& catalog) {
  std::vector<Conflict> conflicts;
  for (const Gpu& gpu : distinct_gpus(gpus)) {
    if (!gpu.compute_capability || cuda.compute_capabilities.empty() || runs_on(cuda, *gpu.compute_capability))
      continue;
    const bool is_newer = std::ranges::all_of(cuda.compute_capabilities, [&](const std::string& capability) {
      return compare_versions(*gpu.compute_capability, capability) > 0;
    });
    conflicts.push_back(
        {.reason = is_newer ? ConflictReason::cuda_too_old_for_gpu : ConflictReason::cuda_drops_gpu,
         .subject = cuda.release,
         .other = fmt::format("{} (capability {})", gpu.name, *gpu.compute_capability),
         .limit = is_newer ? first_release_for(catalog, *gpu.compute_capability) : capability_range(cuda),
         .sources = cuda.sources});
  }
  return conflicts;
}

std::optional<std::string> cuda_ceiling(const Catalog& catalog, const std::string& driver_version) {
  const auto runs_fully = [&](const CudaRelease& cuda) {
    return std::ranges::any_of(cuda.updates, [&](const CudaUpdate& update) {
      return cuda_on_driver(catalog, cuda, update, driver_version).support == CudaSupport::full;
    });
  };
  const auto newest = std::find_if(catalog.cuda.rbegin(), catalog.cuda.rend(), runs_fully);
  return newest == catalog.cuda.rend() ? std::nullopt : std::optional(newest->release);
}

std::vector<CudaCandidate> cuda_options(const Question& question, const PackageSource& source, const std::string& asked,
                                        const std::optional<std::string>& driver_version, CudaLook look) {
  const CudaQuestion on{question, source, asked, driver_version};
  if (is_for_none(question, asked) || is_driver_unknown(question, asked, driver_version)) {
    CudaCandidate none;
    object_to_none(none, on);
    return {none};
  }
  const std::string insisted = as_insisted(asked, question);
  std::vector<CudaCandidate> fitting;
  for (CudaCandidate& candidate : cuda_candidates(on, insisted))
    if (asked != "auto" || candidate.support == CudaSupport::full) fitting.push_back(std::move(candidate));
  order_by_request(fitting, asked);
  CudaCandidate none = without_cuda(fitting, on);
  std::erase_if(fitting, [](const CudaCandidate& candidate) { return candidate.support == CudaSupport::none; });
  for (auto candidate = fitting.begin(); candidate != fitting.end(); ++candidate) {
    judge(*candidate, on);
    if (look == CudaLook::all || !candidate->objections.empty()) continue;
    fitting.erase(candidate + 1, fitting.end());
    return fitting;
  }
  fitting.push_back(std::move(none));
  return fitting;
}

CudaAnswer take_cuda(const CudaCandidate& candidate, const Question& question, const PackageSource& source,
                     const std::string& asked, const std::optional<std::string>& driver_version) {
  CudaAnswer answer;
  if (is_for_none(question, asked)) return answer;
  if (is_driver_unknown(question, asked, driver_version)) {
    answer.notices.push_back(
        {.kind = NoticeKind::cuda_left_out_driver_unknown, .subject = {}, .other = {}, .limit = {}});
    return answer;
  }
  answer.rejected = rejected_before(candidate, {question, source, asked, driver_version});
  answer.offer = candidate.offer;
  if (candidate.offer == nullptr) {
    answer.notices.push_back({.kind = NoticeKind::cuda_left_out,
                              .subject = source.title,
                              .other = driver_version.value_or(""),
                              .limit = {}});
    return answer;
  }
  answer.choice =
      CudaChoice{.requested = asked,
                 .release = candidate.offer->release,
                 .update = candidate.offer->update,
                 .source = source.id,
                 .support = candidate.support,
                 .driver_floor = candidate.update->min_driver,
                 .packages = packages_of(candidate.offer->components, wanted_components(*candidate.offer, question),
                                         question.facts.architecture),
                 .compat_package = {}};
  if (!candidate.compat_package.empty()) {
    answer.choice->compat_package = candidate.compat_package;
    answer.choice->packages.push_back(candidate.compat_package);
  }
  answer.reasons.push_back({.subject = "cuda",
                            .rule = rule_of(asked, candidate.offer->update),
                            .chosen = candidate.offer->release,
                            .because = driver_version ? "driver " + *driver_version : "",
                            .sources = candidate.release->sources});
  const auto wanted = Version::parse(asked);
  if (const auto update = Version::parse(candidate.offer->update); wanted && update && !update->starts_with(*wanted))
    answer.notices.push_back({.kind = NoticeKind::cuda_release_substituted,
                              .subject = asked,
                              .other = candidate.offer->release,
                              .limit = source.title});
  note_support(answer, candidate, driver_version.value_or(""));
  append(answer.notices, candidate.notices);
  add_compiler(answer, candidate, question);
  append(answer.notices, tool_notices(*candidate.offer, question, source));
  answer.additions = candidate.additions;
  return answer;
}

}  // namespace nvprov
