#include "resolve/default_cuda.hpp"

#include <algorithm>

#include "base/append_new.hpp"
#include "base/text.hpp"
#include "base/version.hpp"

namespace nvprov {
namespace {

std::string target_of(const CudaAlternative& alternative, const std::string& release) {
  return replace_all(alternative.target, "{cuda_release}", release);
}

// Oldest first.
std::vector<std::string> releases_side_by_side(const Resolution& resolution, const Question& question,
                                               const CudaAlternative& alternative) {
  std::vector<std::string> releases;
  for (const CudaChoice& cuda : resolution.cuda) releases.push_back(cuda.release);
  for (const CudaRelease& known : question.catalog.cuda) {
    const std::string target = target_of(alternative, known.release);
    if (std::ranges::find(question.facts.cuda_toolkits, target, &CudaToolkit::path) !=
        question.facts.cuda_toolkits.end())
      append_new(releases, {known.release});
  }
  std::ranges::sort(releases, [](const auto& left, const auto& right) { return compare_versions(left, right) < 0; });
  return releases;
}

Conflict cannot_be_default(ConflictReason reason, const std::string& release, std::string other,
                           const PackageSource& source) {
  return {.reason = reason,
          .subject = release,
          .other = std::move(other),
          .limit = {},
          .sources = source.alternative ? source.alternative->sources : source.sources};
}

// What becomes of the link where nobody says.
std::optional<Notice> note_of(const CudaAlternative& alternative, const std::vector<std::string>& releases,
                              const HostFacts& facts) {
  if (releases.size() < 2) return std::nullopt;
  const auto& link = facts.cuda_alternative;
  if (link && link->by_hand)
    return Notice{
        .kind = NoticeKind::default_cuda_by_hand, .subject = link->target, .other = alternative.link, .limit = {}};
  if (alternative.newest_is_automatic != true) return std::nullopt;
  return Notice{
      .kind = NoticeKind::default_cuda_newest, .subject = releases.back(), .other = alternative.link, .limit = {}};
}

}  // namespace

std::optional<Conflict> add_default_cuda(Resolution& resolution, const Question& question) {
  const PackageSource* source = find_source(question.distro, resolution.source);
  if (source == nullptr) return std::nullopt;
  const auto& asked = question.request.default_cuda;
  if (!source->alternative) {
    if (!asked) return std::nullopt;
    return cannot_be_default(ConflictReason::default_cuda_no_link, *asked, source->title, *source);
  }
  const CudaAlternative& alternative = *source->alternative;
  const auto releases = releases_side_by_side(resolution, question, alternative);
  if (!asked) {
    if (auto note = note_of(alternative, releases, question.facts)) resolution.notices.push_back(std::move(*note));
    return std::nullopt;
  }
  if (std::ranges::find(releases, *asked) == releases.end())
    return cannot_be_default(ConflictReason::default_cuda_not_there, *asked, join(releases, ", "), *source);
  resolution.default_cuda = DefaultCudaChoice{.release = *asked,
                                              .alternative = alternative.name,
                                              .link = alternative.link,
                                              .target = target_of(alternative, *asked)};
  return std::nullopt;
}

}  // namespace nvprov
