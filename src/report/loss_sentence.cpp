#include "report/fill.hpp"
#include "report/sentences.hpp"

namespace nvprov {
namespace {

std::string_view words_of(LossKind kind) {
  switch (kind) {
    case LossKind::cuda_floor:
      return "programs of CUDA {subject}, which is installed here, do not run on driver {other}[: they need driver "
             "{limit}]";
    case LossKind::compile_target:
      return "CUDA {other} no longer compiles for compute capability {subject}[; CUDA {limit} is the last that does]";
    case LossKind::compat_harmful:
      return "{subject} is installed and does not work over driver {other}: programs that find it fail with error 803";
    case LossKind::gpu_left_behind:
      return "{subject} is in this machine too and is not among the GPUs named: driver {other} does not drive it[; "
             "branch {limit} does]";
  }
  return "";
}

}  // namespace

std::string sentence(const Loss& loss) {
  return fill(words_of(loss.kind), {.subject = loss.subject, .other = loss.other, .limit = loss.limit});
}

}  // namespace nvprov
