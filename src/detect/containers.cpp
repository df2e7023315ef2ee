#include "detect/containers.hpp"

#include <array>
#include <utility>

#include "detect/look.hpp"

namespace nvprov {
namespace {

// The engine itself, not its command line: that may talk to another machine.
constexpr std::array<std::pair<const char*, const char*>, 4> engines = {{
    {"docker", "dockerd"},
    {"containerd", "containerd"},
    {"podman", "podman"},
    {"cri-o", "crio"},
}};

}  // namespace

std::vector<ContainerEngine> detect_container_engines(const HostView& host, Diagnostics& diagnostics) {
  std::vector<ContainerEngine> found;
  for (const auto& [name, program] : engines) {
    const std::vector<std::string> paths = {std::string("/usr/bin/") + program, std::string("/usr/sbin/") + program,
                                            std::string("/usr/local/bin/") + program};
    if (const auto path = first_there(host, paths, "container_engines", diagnostics))
      found.push_back({.name = name, .path = *path});
  }
  return found;
}

}  // namespace nvprov
