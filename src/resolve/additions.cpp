#include "resolve/additions.hpp"

#include <algorithm>

#include "base/append_new.hpp"
#include "base/text.hpp"
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

LibraryQuestion library_question(const CudaCandidate& candidate, const Question& question,
                                 const std::optional<std::string>& driver_version, const AskedLibrary& asked) {
  LibraryQuestion wanted;
  wanted.cuda = candidate.offer->release;
  for (const Gpu& gpu : question.facts.gpus)
    if (gpu.compute_capability) append_new(wanted.capabilities, {*gpu.compute_capability});
  wanted.driver = driver_version;
  wanted.architecture = question.facts.architecture;
  wanted.version = asked.version;
  return wanted;
}

std::string limit_words(const LibraryRejection& rejection) {
  const std::string subject = rejection.version + ": ";
  switch (rejection.limit) {
    case LibraryLimit::builds_unknown: return subject + "for which CUDA it was built is not known";
    case LibraryLimit::no_build: return subject + "it was not built for this CUDA";
    case LibraryLimit::architecture: return subject + "it was not built for " + rejection.subject;
    case LibraryLimit::compute_capability: return subject + "it does not run on compute capability " + rejection.subject;
    case LibraryLimit::driver: return subject + "it needs driver " + rejection.needed;
  }
  return {};
}

void object_to(CudaCandidate& candidate, const std::string& asked, ConflictReason reason, std::string other,
               std::string limit) {
  candidate.objections.push_back({{RequirementKind::addition, asked},
                                  {.reason = reason,
                                   .subject = asked,
                                   .other = std::move(other),
                                   .limit = std::move(limit),
                                   .sources = {}}});
}

bool are_there(const std::vector<PackageRequest>& packages, const RepositoryMetadata& known) {
  return !known.known || std::ranges::all_of(packages, [&](const PackageRequest& package) {
           return is_in_repository(known, package.name, package.version.value_or(""));
         });
}

// What is documented to run all of it, else what nothing known speaks against.
std::optional<AdditionChoice> choose_named(const LibraryAnswer& answer, const CudaLibrary& library,
                                           const Question& question, const RepositoryMetadata& known,
                                           const std::string& asked, const std::string& cuda) {
  for (const auto& choice : {answer.newest_documented, answer.newest}) {
    if (!choice) continue;
    auto packages = library_packages(library, *choice, package_kind(question.distro),
                                     builds_programs(question.catalog, question.request.profiles));
    if (packages && are_there(*packages, known))
      return AdditionChoice{.requested = asked,
                            .library = library.id,
                            .version = choice->version,
                            .cuda = cuda,
                            .packages = std::move(*packages)};
  }
  return std::nullopt;
}

// The newest release whose packages can be named and are there: of some neither the full version nor the build is known.
std::optional<AdditionChoice> choose_addition(LibraryQuestion wanted, const CudaLibrary& library,
                                              const Question& question, const RepositoryMetadata& known,
                                              const std::string& asked) {
  const std::string as_asked = wanted.version ? *wanted.version + " " : "";
  for (;;) {
    const LibraryAnswer answer = newest_library(question.catalog, library, wanted);
    if (!answer.newest) return std::nullopt;
    if (auto chosen = choose_named(answer, library, question, known, asked, wanted.cuda)) return chosen;
    wanted.version = as_asked + "<" + answer.newest->version;
  }
}

void add_library(CudaCandidate& candidate, const Question& question, const PackageSource& source,
                 const std::optional<std::string>& driver_version, const std::string& asked) {
  const AskedLibrary wanted = read_addition(asked);
  const CudaLibrary* library = find_library(question.catalog, wanted.id);
  if (library == nullptr) return;
  if (!holds_library(source, library->id))
    return object_to(candidate, asked, ConflictReason::addition_not_offered, source.title, {});
  const LibraryQuestion asked_of_it = library_question(candidate, question, driver_version, wanted);
  auto chosen = choose_addition(asked_of_it, *library, question, metadata_of(question.metadata, source), asked);
  if (chosen) return candidate.additions.push_back(std::move(*chosen));
  const LibraryAnswer answer = newest_library(question.catalog, *library, asked_of_it);
  const std::string limit = answer.newest             ? answer.newest->version + ": its packages are not known, or not in the repository"
                            : answer.rejected.empty() ? ""
                                                      : limit_words(answer.rejected.front());
  object_to(candidate, asked, ConflictReason::addition_does_not_fit, candidate.offer->release, limit);
}

}  // namespace

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
  for (const std::string& asked : question.request.additions)
    add_library(candidate, question, source, driver_version, asked);
}

}  // namespace nvprov
