#include "resolve/library_choice.hpp"

#include <algorithm>
#include <variant>

#include "base/version.hpp"

namespace nvprov {
namespace {

std::string major_of(std::string_view cuda) { return std::string(cuda.substr(0, cuda.find('.'))); }

bool holds(const std::vector<std::string>& values, std::string_view wanted) {
  return std::ranges::find(values, wanted) != values.end();
}

const LibraryCudaMajor* find_major(const CudaLibrary& library, std::string_view cuda) {
  const auto found = std::ranges::find(library.cuda_majors, major_of(cuda), &LibraryCudaMajor::major);
  return found != library.cuda_majors.end() ? &*found : nullptr;
}

bool is_outside(const LibraryCudaMajor& span, std::string_view version) {
  return compare_versions(version, span.first_release) < 0 ||
         (span.last_release && compare_versions(version, *span.last_release) > 0);
}

// Whether CUDA of this major runs on a GPU at all; true where the catalog has no CUDA of it.
bool cuda_serves(const Catalog& catalog, std::string_view cuda, std::string_view capability) {
  bool is_known = false;
  for (const CudaRelease& release : catalog.cuda) {
    if (major_of(release.release) != major_of(cuda)) continue;
    if (holds(release.compute_capabilities, capability)) return true;
    is_known = true;
  }
  return !is_known;
}

// What is asked of one build, and where the answer is gathered.
struct Judgement {
  const Catalog& catalog;
  const CudaLibrary& library;
  const LibraryQuestion& question;
  const LibraryRelease& release;
  const LibraryBuild& build;
  LibraryChoice choice;

  using Verdict = std::optional<LibraryRejection>;  // nothing: nothing speaks against it

  Verdict against(LibraryLimit limit, std::string subject, std::string needed) const {
    return LibraryRejection{release.version, limit, std::move(subject), std::move(needed)};
  }

  Verdict judge_architecture() {
    if (!question.architecture || holds(build.architectures, *question.architecture)) return std::nullopt;
    if (!build.architectures.empty()) return against(LibraryLimit::architecture, *question.architecture, "");
    choice.undocumented.push_back(*question.architecture);
    return std::nullopt;
  }

  Verdict judge_capability(const std::string& capability) {
    if (build.min_capability && compare_versions(capability, *build.min_capability) < 0)
      return against(LibraryLimit::compute_capability, capability, *build.min_capability);
    const bool is_too_new = build.max_capability && compare_versions(capability, *build.max_capability) > 0;
    if (is_too_new || !cuda_serves(catalog, build.cuda, capability))
      return against(LibraryLimit::compute_capability, capability, "");
    const bool is_listed = holds(build.compute_capabilities, capability);
    const bool is_in_range = build.compute_capabilities.empty() && build.min_capability && build.max_capability;
    if (!is_listed && !is_in_range) choice.undocumented.push_back(capability);
    return std::nullopt;
  }

  Verdict judge_driver() const {
    if (!question.driver || !choice.min_driver || compare_versions(*question.driver, *choice.min_driver) >= 0)
      return std::nullopt;
    return against(LibraryLimit::driver, *question.driver, *choice.min_driver);
  }

  Verdict judge() {
    if (auto verdict = judge_architecture()) return verdict;
    for (const std::string& capability : question.capabilities)
      if (auto verdict = judge_capability(capability)) return verdict;
    return judge_driver();
  }
};

LibraryChoice begun(const CudaLibrary& library, const LibraryRelease& release, const LibraryBuild& build) {
  const LibraryCudaMajor* span = find_major(library, build.cuda);
  const auto floor = build.min_driver ? build.min_driver : span != nullptr ? span->min_driver : std::nullopt;
  return {.version = release.version, .build = build, .min_driver = floor, .undocumented = {}};
}

// The builds for this CUDA major, the one to prefer first: built for the very release, else for the newest before it,
// else for the oldest after it; of one CUDA, that which asks for the least driver.
std::vector<const LibraryBuild*> builds_for(const LibraryRelease& release, const std::string& cuda) {
  std::vector<const LibraryBuild*> builds;
  for (const LibraryBuild& build : release.builds)
    if (major_of(build.cuda) == major_of(cuda)) builds.push_back(&build);
  const bool is_major = cuda == major_of(cuda);
  std::ranges::stable_sort(builds, [&](const LibraryBuild* left, const LibraryBuild* right) {
    const bool left_is_later = !is_major && compare_versions(left->cuda, cuda) > 0;
    const bool right_is_later = !is_major && compare_versions(right->cuda, cuda) > 0;
    if (left_is_later != right_is_later) return right_is_later;
    const auto order = compare_versions(left->cuda, right->cuda);
    return left_is_later ? order < 0 : order > 0;
  });
  return builds;
}

// Why a release without a build for this CUDA has none.
LibraryRejection without_build(const CudaLibrary& library, const LibraryRelease& release, const std::string& cuda) {
  const LibraryCudaMajor* span = find_major(library, cuda);
  const bool is_known = release.builds_complete || span == nullptr || is_outside(*span, release.version);
  return {release.version, is_known ? LibraryLimit::no_build : LibraryLimit::builds_unknown, cuda, ""};
}

using Judged = std::variant<LibraryChoice, LibraryRejection>;

Judged judge_release(const Catalog& catalog, const CudaLibrary& library, const LibraryQuestion& question,
                     const LibraryRelease& release) {
  std::optional<LibraryChoice> possible;
  std::optional<LibraryRejection> rejection;
  for (const LibraryBuild* build : builds_for(release, question.cuda)) {
    Judgement judgement{catalog, library, question, release, *build, begun(library, release, *build)};
    if (auto verdict = judgement.judge())
      rejection = rejection ? rejection : verdict;
    else if (judgement.choice.undocumented.empty())
      return judgement.choice;
    else if (!possible)
      possible = std::move(judgement.choice);
  }
  if (possible) return *possible;
  return rejection ? *rejection : without_build(library, release, question.cuda);
}

// A text that is no constraint lets nothing through.
bool is_version_asked_for(const LibraryRelease& release, const std::optional<std::string>& wanted) {
  if (!wanted) return true;
  const auto constraint = parse_constraint(*wanted);
  const auto version = Version::parse(release.version);
  return constraint && version && constraint->allows(*version);
}

}  // namespace

LibraryAnswer newest_library(const Catalog& catalog, const CudaLibrary& library, const LibraryQuestion& question) {
  LibraryAnswer answer;
  for (auto release = library.releases.rbegin(); release != library.releases.rend(); ++release) {
    if (!is_version_asked_for(*release, question.version)) continue;
    const Judged judged = judge_release(catalog, library, question, *release);
    const auto* choice = std::get_if<LibraryChoice>(&judged);
    if (choice == nullptr) {
      if (!answer.newest) answer.rejected.push_back(std::get<LibraryRejection>(judged));
      continue;
    }
    if (!answer.newest) answer.newest = *choice;
    if (!choice->undocumented.empty()) continue;
    answer.newest_documented = *choice;
    break;
  }
  return answer;
}

std::vector<LibraryChoice> suitable_libraries(const Catalog& catalog, const CudaLibrary& library,
                                              const LibraryQuestion& question) {
  std::vector<LibraryChoice> suitable;
  for (auto release = library.releases.rbegin(); release != library.releases.rend(); ++release) {
    if (!is_version_asked_for(*release, question.version)) continue;
    Judged judged = judge_release(catalog, library, question, *release);
    if (auto* choice = std::get_if<LibraryChoice>(&judged)) suitable.push_back(std::move(*choice));
  }
  return suitable;
}

}  // namespace nvprov
