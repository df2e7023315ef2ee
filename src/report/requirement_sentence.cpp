#include "report/fill.hpp"
#include "report/sentences.hpp"

namespace nvprov {
namespace {

std::string_view words_of(RequirementKind kind) {
  switch (kind) {
    case RequirementKind::cuda: return "CUDA {subject}";
    case RequirementKind::driver: return "driver {subject}";
    case RequirementKind::module: return "the {subject} kernel module";
    case RequirementKind::source: return "packages from {subject}";
    case RequirementKind::library: return "the library {subject}";
    case RequirementKind::tool: return "`--tools {subject}`";
    case RequirementKind::addition: return "`--with {subject}`";
    case RequirementKind::strict: return "nothing whose support is over";
    case RequirementKind::gpu: return "{subject}";
    case RequirementKind::fabric: return "a fabric manager for {subject}";
    case RequirementKind::kernel: return "kernel {subject}";
    case RequirementKind::repositories: return "the package sources as they are";
    case RequirementKind::purpose: return "an image with something in it";
    case RequirementKind::machine: return "a machine of architecture {subject}";
  }
  return "";
}

}  // namespace

std::string sentence(const Requirement& requirement) {
  return fill(words_of(requirement.kind), {.subject = source_words(requirement.subject), .other = {}, .limit = {}});
}

}  // namespace nvprov
