#include "resolve/additions.hpp"

#include <algorithm>

#include "base/append_new.hpp"
#include "base/text.hpp"
#include "base/version.hpp"
#include "resolve/library_choice.hpp"
#include "resolve/library_packages.hpp"
#include "resolve/offers.hpp"

namespace nvprov {
namespace {

// "cudnn=9.10" names a library and lets some of its releases through.
struct AskedLibrary {
  std::string id;
  std::optional<std::string> version;
};
AskedLibrary read_addition(const std::string& typed) {
  const std::vector<std::string> parts = split(typed, '=');
  return {parts.front(), parts.size() > 1 ? std::optional(parts[1]) : std::nullopt};
}

LibraryQuestion library_question(const Question& question, const std::string& cuda, const AskedLibrary& asked) {
  LibraryQuestion wanted;
  wanted.cuda = cuda;
  for (const Gpu& gpu : question.lookups.gpus)
    if (gpu.compute_capability) append_new(wanted.capabilities, {*gpu.compute_capability});
  wanted.architecture = question.facts.architecture;
  wanted.version = asked.version;
  return wanted;
}

Conflict unfit(ConflictReason reason, const std::string& asked, std::string other, const std::string& version) {
  return {.reason = reason, .subject = asked, .other = std::move(other), .limit = version, .sources = {}};
}

Conflict unfit(const LibraryRejection& rejection, const std::string& asked, const std::string& cuda) {
  const std::string& version = rejection.version;
  switch (rejection.limit) {
    case LibraryLimit::builds_unknown: return unfit(ConflictReason::addition_builds_unknown, asked, cuda, version);
    case LibraryLimit::no_build: break;
    case LibraryLimit::architecture:
      return unfit(ConflictReason::addition_lacks_architecture, asked, rejection.subject, version);
    case LibraryLimit::compute_capability:
      return unfit(ConflictReason::addition_lacks_capability, asked, rejection.subject, version);
    case LibraryLimit::driver:
      return unfit(ConflictReason::addition_needs_newer_driver, asked, rejection.needed, version);
  }
  return unfit(ConflictReason::addition_not_built, asked, cuda, version);
}

AskedAddition look_up(const Question& question, const CudaLibrary& library, const std::string& asked,
                      const std::string& cuda) {
  AskedAddition found{.asked = asked, .library = library.id, .cuda = cuda, .suitable = {}, .unfit = {}};
  const LibraryQuestion wanted = library_question(question, cuda, read_addition(asked));
  const bool with_development = builds_programs(question.catalog, question.request.profiles);
  for (const LibraryChoice& choice : suitable_libraries(question.catalog, library, wanted)) {
    auto packages = library_packages(library, choice, package_kind(question.distro), with_development);
    if (!packages) continue;  // their names or versions are not known
    found.suitable.push_back({.choice = {.requested = asked,
                                         .library = library.id,
                                         .version = choice.version,
                                         .cuda = cuda,
                                         .packages = std::move(*packages)},
                              .min_driver = choice.min_driver,
                              .is_documented = choice.undocumented.empty()});
  }
  if (!found.suitable.empty()) return found;
  const LibraryAnswer answer = newest_library(question.catalog, library, wanted);
  if (answer.newest)
    found.unfit = unfit(ConflictReason::addition_packages_unknown, asked, cuda, answer.newest->version);
  else if (!answer.rejected.empty())
    found.unfit = unfit(answer.rejected.front(), asked, cuda);
  else
    found.unfit = unfit(ConflictReason::addition_not_built, asked, cuda, {});
  return found;
}

std::vector<std::string> offered_cuda(const Distro& distro) {
  std::vector<std::string> releases;
  for (const PackageSource& source : distro.package_sources)
    for (const CudaOffer& offer : source.cuda) append_new(releases, {offer.release});
  return releases;
}

bool are_there(const std::vector<PackageRequest>& packages, const RepositoryMetadata& known) {
  return !known.known || std::ranges::all_of(packages, [&](const PackageRequest& package) {
    return is_in_repository(known, package.name, package.version.value_or(""));
  });
}

bool is_too_new(const SuitableAddition& addition, const std::optional<std::string>& driver) {
  return driver && addition.min_driver && compare_versions(*driver, *addition.min_driver) < 0;
}

// What is documented to run all of it, else what nothing known speaks against; of those the newest for this driver.
const SuitableAddition* best_of(const AskedAddition& addition, const std::optional<std::string>& driver,
                                const RepositoryMetadata& known) {
  const SuitableAddition* best = nullptr;
  for (const SuitableAddition& each : addition.suitable) {
    if (is_too_new(each, driver) || !are_there(each.choice.packages, known)) continue;
    if (each.is_documented) return &each;
    if (best == nullptr) best = &each;
  }
  return best;
}

// Of several that fit the CUDA release the oldest asks for least of the driver; one that the driver runs is not in the
// repository.
Conflict why_none(const AskedAddition& addition, const PackageSource& source,
                  const std::optional<std::string>& driver) {
  if (addition.unfit) return *addition.unfit;
  if (!std::ranges::all_of(addition.suitable, [&](const auto& each) { return is_too_new(each, driver); }))
    return unfit(ConflictReason::addition_not_offered, addition.asked, source.title, {});
  const SuitableAddition& oldest = addition.suitable.back();
  return unfit(ConflictReason::addition_needs_newer_driver, addition.asked, *oldest.min_driver, oldest.choice.version);
}

void add_library(CudaCandidate& candidate, const AskedAddition& addition, const Question& question,
                 const PackageSource& source, const std::optional<std::string>& driver) {
  const Requirement requirement{RequirementKind::addition, addition.asked};
  if (!holds_library(source, addition.library)) {
    candidate.objections.push_back(
        {requirement, unfit(ConflictReason::addition_not_offered, addition.asked, source.title, {})});
    return;
  }
  if (const SuitableAddition* best = best_of(addition, driver, metadata_of(question.metadata, source)))
    candidate.additions.push_back(best->choice);
  else
    candidate.objections.push_back({requirement, why_none(addition, source, driver)});
}

}  // namespace

std::vector<AskedAddition> look_up_additions(const Question& question) {
  std::vector<AskedAddition> found;
  for (const std::string& asked : question.request.additions)
    if (const CudaLibrary* library = find_library(question.catalog, read_addition(asked).id))
      for (const std::string& cuda : offered_cuda(question.distro))
        found.push_back(look_up(question, *library, asked, cuda));
  return found;
}

Objection without_addition(const std::string& asked, const PackageSource& source) {
  return {{RequirementKind::addition, asked},
          {.reason = ConflictReason::addition_not_offered,
           .subject = asked,
           .other = source.title,
           .limit = {},
           .sources = {}},
          true};
}

void rule_additions(CudaCandidate& candidate, const Question& question, const PackageSource& source,
                    const std::optional<std::string>& driver_version) {
  for (const AskedAddition& addition : question.lookups.additions)
    if (addition.cuda == candidate.offer->release) add_library(candidate, addition, question, source, driver_version);
}

}  // namespace nvprov
