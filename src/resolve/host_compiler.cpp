#include "resolve/host_compiler.hpp"

#include <algorithm>

#include "base/version.hpp"

namespace nvprov {

std::optional<bool> accepts_host_compiler(const CudaRelease& cuda, std::string_view compiler,
                                          std::string_view version) {
  const auto known = std::ranges::find(cuda.host_compilers, compiler, &HostCompiler::compiler);
  if (known == cuda.host_compilers.end()) return std::nullopt;
  // nvcc compares the first number only: 13.9 is accepted where 13 is the newest.
  const std::string_view major = version.substr(0, version.find('.'));
  if (known->oldest && compare_versions(major, *known->oldest) < 0) return false;
  if (known->newest && compare_versions(major, *known->newest) > 0) return false;
  return known->oldest && known->newest ? std::optional(true) : std::nullopt;
}

}  // namespace nvprov
