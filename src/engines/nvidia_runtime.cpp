#include "engines/nvidia_runtime.hpp"

namespace nvprov {

bool is_nvidia_runtime(std::string_view program) {
  const std::size_t slash = program.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? program : program.substr(slash + 1);
  constexpr std::string_view base = "nvidia-container-runtime";
  return name == base || name == "nvidia-container-runtime.cdi" || name == "nvidia-container-runtime.legacy" ||
         name == "nvidia-container-runtime-experimental";
}

}  // namespace nvprov
