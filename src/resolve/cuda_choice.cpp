#include "resolve/cuda_choice.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/append.hpp"
#include "base/text.hpp"
#include "base/version.hpp"
#include "resolve/cuda_on_driver.hpp"
#include "resolve/gpu_rules.hpp"
#include "resolve/offers.hpp"

namespace nvprov {
namespace {

struct CudaCandidate {
  const CudaOffer* offer = nullptr;
  const CudaRelease* release = nullptr;
  const CudaUpdate* update = nullptr;
  CudaSupport support = CudaSupport::full;
  std::vector<Conflict> conflicts;
};

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

// --- rules ---

void rule_architecture(CudaCandidate& candidate, const HostFacts& facts, const PackageSource& source) {
  const auto& architectures = candidate.offer->architectures;
  if (std::ranges::find(architectures, facts.architecture) != architectures.end()) return;
  candidate.conflicts.push_back({.reason = ConflictReason::unsupported_architecture,
                                 .subject = source.title + ", CUDA " + candidate.offer->release,
                                 .other = facts.architecture,
                                 .limit = {},
                                 .sources = candidate.offer->sources});
}

void rule_driver_floor(CudaCandidate& candidate, const Catalog& catalog,
                       const std::optional<std::string>& driver_version) {
  if (!driver_version) return;
  candidate.support = support_without_package(catalog, *candidate.release, *candidate.update, *driver_version);
  if (candidate.support != CudaSupport::none) return;
  candidate.conflicts.push_back(
      {.reason = ConflictReason::cuda_needs_newer_driver,
       .subject = candidate.offer->release,
       .other = *driver_version,
       .limit = candidate.release->minor_compat_min_driver.value_or(candidate.update->min_driver.value_or("unknown")),
       .sources = candidate.release->sources});
}

void rule_gpu_capabilities(CudaCandidate& candidate, const std::vector<Gpu>& gpus, const Catalog& catalog) {
  append(candidate.conflicts, capability_conflicts(*candidate.release, gpus, catalog));
}

void rule_reachable(CudaCandidate& candidate, const PackageSource& source, const Distro& distro, const HostFacts& facts,
                    const RepositoryMetadata& metadata) {
  if (auto conflict = offer_not_reachable(*candidate.offer, source, distro, facts, metadata))
    candidate.conflicts.push_back(*conflict);
}

// Newest release first.
std::vector<CudaCandidate> judge_all(const HostFacts& facts, const Catalog& catalog, const Distro& distro,
                                     const PackageSource& source, const std::optional<std::string>& driver_version,
                                     const RepositoryMetadata& metadata) {
  std::vector<CudaCandidate> candidates;
  for (const CudaOffer& offer : source.cuda) {
    CudaCandidate candidate;
    candidate.offer = &offer;
    candidate.release = find_cuda(catalog, offer.release);
    candidate.update = candidate.release != nullptr ? find_update(*candidate.release, offer.update) : nullptr;
    if (candidate.update == nullptr) continue;  // refused when the catalog is loaded
    rule_architecture(candidate, facts, source);
    rule_driver_floor(candidate, catalog, driver_version);
    rule_gpu_capabilities(candidate, facts.gpus, catalog);
    rule_reachable(candidate, source, distro, facts, metadata);
    candidates.push_back(std::move(candidate));
  }
  std::ranges::stable_sort(candidates, [](const CudaCandidate& left, const CudaCandidate& right) {
    return compare_versions(left.offer->update, right.offer->update) > 0;
  });
  return candidates;
}

std::vector<std::string> offered_releases(const PackageSource& source) {
  std::vector<std::string> releases;
  for (const CudaOffer& offer : source.cuda) releases.push_back(offer.release);
  return releases;
}

std::vector<std::string> wanted_components(const CudaOffer& offer, const Catalog& catalog, const Request& request) {
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
  std::ranges::sort(components);
  components.erase(std::unique(components.begin(), components.end()), components.end());
  return components;
}

std::vector<Conflict> missing_libraries(const CudaOffer& offer, const PackageSource& source, const Request& request) {
  std::vector<Conflict> missing;
  std::vector<std::string> offered;
  for (const ComponentPackages& component : offer.components)
    if (component.part == "runtime") offered.push_back(component.component);
  for (const std::string& library : request.libraries)
    if (library != "all" && std::ranges::find(offered, library) == offered.end())
      missing.push_back({.reason = ConflictReason::library_not_offered,
                         .subject = library,
                         .other = source.title + ", CUDA " + offer.release,
                         .limit = join(offered, ", "),
                         .sources = offer.sources});
  return missing;
}

// What the typed request lets through. A bare release means "that one, or the nearest later of the same major".
bool is_asked_for(const std::string& typed, const CudaCandidate& candidate) {
  if (typed == "auto") return candidate.support == CudaSupport::full;
  const auto release = Version::parse(candidate.offer->release);
  const auto update = Version::parse(candidate.offer->update);
  if (!release || !update) return false;
  if (const auto wanted = Version::parse(typed)) {
    const bool same_major = wanted->parts().front() == release->parts().front();
    return same_major && (update->starts_with(*wanted) || *update >= *wanted);
  }
  const auto constraint = parse_constraint(typed);
  return constraint && (constraint->allows(*release) || constraint->allows(*update));
}

// Of those asked for, a range and `auto` take the newest (the order they come in); a bare release takes its own newest
// update, else the nearest later release.
void order_by_request(std::vector<const CudaCandidate*>& candidates, const std::string& typed) {
  const auto wanted = Version::parse(typed);
  if (!wanted) return;
  const auto is_that_release = [&](const CudaCandidate* candidate) {
    const auto update = Version::parse(candidate->offer->update);
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

CudaAnswer accept(const CudaCandidate& candidate, const PackageSource& source, const Catalog& catalog,
                  const Request& request, const std::optional<std::string>& driver_version) {
  CudaAnswer answer;
  answer.offer = candidate.offer;
  answer.choice = CudaChoice{
      .requested = request.cuda,
      .release = candidate.offer->release,
      .update = candidate.offer->update,
      .source = source.id,
      .support = candidate.support,
      .driver_floor = candidate.update->min_driver,
      .packages = packages_of(candidate.offer->components, wanted_components(*candidate.offer, catalog, request))};
  answer.reasons.push_back({.subject = "cuda",
                            .rule = rule_of(request.cuda, candidate.offer->update),
                            .chosen = candidate.offer->release,
                            .because = driver_version ? "driver " + *driver_version : "",
                            .sources = candidate.release->sources});
  const auto wanted = Version::parse(request.cuda);
  if (const auto update = Version::parse(candidate.offer->update); wanted && update && !update->starts_with(*wanted))
    answer.notices.push_back({.kind = NoticeKind::cuda_release_substituted,
                              .subject = request.cuda,
                              .other = candidate.offer->release,
                              .limit = source.title});
  if (candidate.support == CudaSupport::minor_version)
    answer.notices.push_back({.kind = NoticeKind::minor_version_compatibility,
                              .subject = candidate.offer->release,
                              .other = driver_version.value_or(""),
                              .limit = candidate.update->min_driver.value_or("unknown")});
  return answer;
}

void keep_rejected(CudaAnswer& answer, const std::vector<CudaCandidate>& candidates, const PackageSource& source) {
  for (const CudaCandidate& candidate : candidates)
    if (!candidate.conflicts.empty())
      answer.rejected.push_back({.subject = fmt::format("CUDA {} ({})", candidate.offer->release, source.id),
                                 .conflict = candidate.conflicts.front()});
}

Conflict not_offered(const PackageSource& source, const Request& request) {
  return {.reason = ConflictReason::cuda_not_offered,
          .subject = request.cuda,
          .other = source.title,
          .limit = join(offered_releases(source), ", "),
          .sources = source.sources};
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

CudaSupport cuda_support(const CudaRelease& cuda, const CudaUpdate& update, const std::string& driver_version) {
  if (update.min_driver && compare_versions(driver_version, *update.min_driver) >= 0) return CudaSupport::full;
  const auto& floor = cuda.minor_compat_min_driver;
  return floor && compare_versions(driver_version, *floor) >= 0 ? CudaSupport::minor_version : CudaSupport::none;
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

tl::expected<CudaAnswer, std::vector<Conflict>> choose_cuda(const HostFacts& facts, const Catalog& catalog,
                                                            const Distro& distro, const PackageSource& source,
                                                            const Request& request,
                                                            const std::optional<std::string>& driver_version,
                                                            const RepositoryMetadata& metadata) {
  if (request.cuda == "none") return CudaAnswer{};
  const std::vector<CudaCandidate> all = judge_all(facts, catalog, distro, source, driver_version, metadata);
  std::vector<const CudaCandidate*> asked;
  for (const CudaCandidate& candidate : all)
    if (is_asked_for(request.cuda, candidate)) asked.push_back(&candidate);
  order_by_request(asked, request.cuda);

  const auto chosen = std::ranges::find_if(asked, [](const CudaCandidate* each) { return each->conflicts.empty(); });
  if (chosen == asked.end()) {
    if (!asked.empty() && request.cuda != "auto") return tl::unexpected(asked.front()->conflicts);
    if (request.cuda != "auto" || !request.libraries.empty())
      return tl::unexpected(std::vector<Conflict>{not_offered(source, request)});
    CudaAnswer none;
    keep_rejected(none, all, source);
    none.notices.push_back({.kind = NoticeKind::cuda_left_out,
                            .subject = source.title,
                            .other = driver_version.value_or(""),
                            .limit = {}});
    return none;
  }
  if (auto missing = missing_libraries(*(*chosen)->offer, source, request); !missing.empty())
    return tl::unexpected(std::move(missing));
  CudaAnswer answer = accept(**chosen, source, catalog, request, driver_version);
  keep_rejected(answer, all, source);
  return answer;
}

}  // namespace nvprov
