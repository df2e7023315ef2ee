#include "resolve/catalog_diff.hpp"

#include <algorithm>
#include <set>

#include "base/append.hpp"
#include "resolve/described_host.hpp"
#include "resolve/gpu_kinds.hpp"
#include "resolve/named_gpus.hpp"
#include "resolve/resolve.hpp"

namespace nvprov {
namespace {

template <class T>
std::vector<std::string> ids_of(const std::vector<T>& left, const std::vector<T>& right, std::string T::*id) {
  std::set<std::string> ids;
  for (const auto* records : {&left, &right})
    for (const T& record : *records) ids.insert(record.*id);
  return {ids.begin(), ids.end()};
}

// Where a limit was read may change without the answer.
Answer refused(Conflict conflict) {
  conflict.sources.clear();
  return {.source = {}, .driver = {}, .flavour = {}, .cuda = {}, .packages = {}, .refusal = std::move(conflict)};
}

Answer unknown(ConflictReason reason, const std::string& subject) {
  return refused({.reason = reason, .subject = subject, .other = {}, .limit = {}, .sources = {}});
}

Answer answer_of(const Resolution& resolution) {
  Answer answer{.source = resolution.source, .driver = {}, .flavour = {}, .cuda = {}, .packages = {}, .refusal = {}};
  if (resolution.driver) {
    answer.driver = resolution.driver->version;
    answer.flavour = resolution.driver->flavour;
    answer.packages = resolution.driver->packages;
  }
  for (const CudaChoice& cuda : resolution.cuda) {
    answer.cuda = cuda.release;
    append(answer.packages, cuda.packages);
  }
  if (const auto& toolkit = resolution.container_toolkit)
    for (const PackageRequest& package : toolkit->packages)
      answer.packages.push_back(package.name + " " + package.version.value_or(""));
  return answer;
}

// What is asked of both catalogs.
struct Case {
  std::string distro;
  std::string arch;
  std::string profile;
  std::string device_id;
  std::string today;
};

Answer answer_of(const Catalog& catalog, const Case& asked) {
  const Distro* distro = find_distro(catalog, asked.distro);
  if (distro == nullptr) return unknown(ConflictReason::unknown_distro, asked.distro);
  auto devices = name_devices({"10de:" + asked.device_id}, catalog);
  if (!devices) return unknown(ConflictReason::unknown_gpu, "10de:" + asked.device_id);
  if (find_profile(catalog, asked.profile) == nullptr)
    return unknown(ConflictReason::profile_needs_host, asked.profile);
  HostFacts facts = described_host(*distro, asked.arch);
  facts.gpus = std::move(devices->gpus);
  facts.observed_on = asked.today;
  Request request;
  request.profiles = {asked.profile};
  request.target = Target::host;
  const auto resolution = resolve_without_remedies(facts, catalog, request, {});
  return resolution ? answer_of(*resolution) : refused(resolution.error().conflicts.front());
}

std::vector<std::string> architectures_of(const Catalog& before, const Catalog& after, const std::string& id) {
  std::set<std::string> architectures;
  for (const Catalog* catalog : {&before, &after})
    if (const Distro* distro = find_distro(*catalog, id))
      for (const DistroArchitecture& each : distro->architectures) architectures.insert(each.arch);
  return {architectures.begin(), architectures.end()};
}

// "debian-12", or "debian-12 (aarch64)" where it has several processors.
std::string place_name(const std::string& distro, const std::string& arch, std::size_t architectures) {
  return architectures == 1 ? distro : distro + " (" + arch + ")";
}

// --- what cannot change an answer is not asked about: a whole comparison is thousands of answers ---

template <class T>
bool differs(const T* before, const T* after) {
  return before == nullptr || after == nullptr ? before != after : *before != *after;
}

// Whether the distribution, or a branch or a release it offers, is another.
bool is_touched(const Catalog& before, const Catalog& after, const std::string& id) {
  const Distro* distro = find_distro(before, id);
  if (differs(distro, find_distro(after, id))) return true;
  return std::ranges::any_of(distro->package_sources, [&](const PackageSource& source) {
    return std::ranges::any_of(source.drivers,
                               [&](const DriverOffer& offer) {
                                 return differs(find_branch(before, offer.branch), find_branch(after, offer.branch));
                               }) ||
           std::ranges::any_of(source.cuda, [&](const CudaOffer& offer) {
             return differs(find_cuda(before, offer.release), find_cuda(after, offer.release));
           });
  });
}

AnswerChange* same_change(std::vector<AnswerChange>& changes, const AnswerChange& change) {
  const auto same = std::ranges::find_if(changes, [&](const AnswerChange& other) {
    return other.profile == change.profile && other.before == change.before && other.after == change.after &&
           other.gpus == change.gpus;
  });
  return same == changes.end() ? nullptr : &*same;
}

// GPUs whose answers change alike in the same places become one line.
std::vector<AnswerChange> merged_by_places(std::vector<AnswerChange> changes) {
  std::vector<AnswerChange> result;
  for (AnswerChange& change : changes) {
    const auto same = std::ranges::find_if(result, [&](const AnswerChange& other) {
      return other.profile == change.profile && other.before == change.before && other.after == change.after &&
             other.distros == change.distros;
    });
    if (same == result.end())
      result.push_back(std::move(change));
    else
      append(same->gpus, change.gpus);
  }
  return result;
}

void compare(const Catalog& before, const Catalog& after, const Case& asked, const std::string& place,
             const GpuKind& gpu, CatalogDiff& diff) {
  AnswerChange change{.profile = asked.profile,
                      .distros = {place},
                      .gpus = {gpu},
                      .before = answer_of(before, asked),
                      .after = answer_of(after, asked)};
  if (change.before == change.after) return;
  if (AnswerChange* same = same_change(diff.changes, change))
    same->distros.push_back(place);
  else
    diff.changes.push_back(std::move(change));
}

}  // namespace

CatalogDiff diff_answers(const Catalog& before, const Catalog& after, const std::string& today) {
  CatalogDiff diff;
  const std::vector<GpuKind> gpus = gpu_kinds(before, after);
  for (const std::string& profile : ids_of(before.profiles, after.profiles, &Profile::id)) {
    const bool is_other_profile = differs(find_profile(before, profile), find_profile(after, profile));
    for (const std::string& distro : ids_of(before.distros, after.distros, &Distro::id)) {
      const bool is_other = is_other_profile || is_touched(before, after, distro);
      const std::vector<std::string> architectures = architectures_of(before, after, distro);
      for (const std::string& arch : architectures)
        for (const GpuKind& gpu : gpus) {
          ++diff.compared;
          if (is_other || is_another_kind(before, after, gpu.example.device_id))
            compare(before, after, {distro, arch, profile, gpu.example.device_id, today},
                    place_name(distro, arch, architectures.size()), gpu, diff);
        }
    }
  }
  diff.changes = merged_by_places(std::move(diff.changes));
  return diff;
}

}  // namespace nvprov
