#include "model/cuda_toolkit.hpp"

#include "base/text.hpp"

namespace nvprov {

std::optional<std::string> component_version(const ToolkitComponents& components, std::string_view name) {
  for (const std::string_view line : split_lines(components.versions))
    if (line.starts_with(name) && line.substr(name.size()).starts_with(' '))
      return std::string(line.substr(name.size() + 1));
  return std::nullopt;
}

}  // namespace nvprov
