#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace nvprov {

// A compiler nvcc works with. nvcc looks at the first number of its version only.
struct HostCompiler {
  std::string compiler;               // "gcc", "clang"
  std::optional<std::string> oldest;  // inclusive; absent: unknown
  std::optional<std::string> newest;

  bool operator==(const HostCompiler&) const = default;
};

// What a toolkit is made of, by the names of NVIDIA's redistrib manifests. One text and not a list: no plan asks for
// it, and the catalog is decoded at every start.
struct ToolkitComponents {
  bool is_complete = false;
  std::string versions;  // lines of name, blank, version, in the order of the names

  bool operator==(const ToolkitComponents&) const = default;
};

// The version of a component ("cuda_cudart"); nullopt where the list has none of that name.
std::optional<std::string> component_version(const ToolkitComponents& components, std::string_view name);

}  // namespace nvprov
