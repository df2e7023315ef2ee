#include "resolve/compat_choice.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "resolve/forward_compatibility.hpp"
#include "resolve/gpu_rules.hpp"
#include "resolve/offers.hpp"

namespace nvprov {
namespace {

constexpr const char* compat = "compat";

void object_to_compat(CudaCandidate& candidate, ConflictReason reason, std::string subject, std::string other) {
  candidate.objections.push_back(
      {{RequirementKind::addition, compat},
       {.reason = reason,
        .subject = std::move(subject),
        .other = std::move(other),
        .limit = {},
        .sources = candidate.on_driver.sources != nullptr ? *candidate.on_driver.sources : std::vector<Source>{}}});
}

// NVIDIA lets data center GPUs use it, and of some others some boards.
void judge_gpus(CudaCandidate& candidate, const Question& question) {
  const ForwardCompatibility& forward = question.catalog.forward_compatibility;
  for (const Gpu& gpu : question.lookups.gpus) {
    const CompatGpuClass* its_class = compat_class_of(forward, gpu.name);
    switch (compat_gpu(question.catalog, gpu)) {
      case CompatGpu::eligible: break;
      case CompatGpu::not_eligible:
        object_to_compat(candidate, ConflictReason::compat_not_for_gpu, gpu.name,
                         its_class != nullptr ? its_class->title : "");
        break;
      case CompatGpu::some:
      case CompatGpu::unknown:
        candidate.notices.push_back(
            {.kind = NoticeKind::compat_gpu_unlisted, .subject = gpu.name, .other = {}, .limit = {}});
    }
  }
}

}  // namespace

bool wants_compat(const Request& request) {
  return std::ranges::find(request.additions, compat) != request.additions.end();
}

void rule_compat(CudaCandidate& candidate, const Question& question, const PackageSource& source,
                 const std::optional<std::string>& driver_version) {
  if (!wants_compat(question.request)) return;
  const std::string& release = candidate.offer->release;
  if (driver_version && candidate.support == CudaSupport::full) {
    candidate.notices.push_back(
        {.kind = NoticeKind::compat_not_needed, .subject = release, .other = *driver_version, .limit = {}});
    return;
  }
  const RepositoryMetadata& known = metadata_of(question.metadata, source);
  const std::string package = compat_package(question.catalog.forward_compatibility, release);
  if (source.family.empty() || (known.known && !is_in_repository(known, package, "")))
    return object_to_compat(candidate, ConflictReason::addition_not_offered, compat, source.title);
  if (driver_version && candidate.on_driver.compat != CompatUse::works)
    return object_to_compat(candidate, ConflictReason::compat_not_over_driver, release,
                            split(*driver_version, '.').front());
  judge_gpus(candidate, question);
  candidate.compat_package = package;
  if (driver_version) candidate.support = CudaSupport::forward;
}

}  // namespace nvprov
