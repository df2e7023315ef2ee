#include "cli/caller_files.hpp"

namespace nvprov {

std::string absolute_path(const HostView& machine, const std::string& path) {
  if (path.starts_with('/')) return path;
  return machine.environment("PWD").value_or(".") + "/" + path;
}

}  // namespace nvprov
