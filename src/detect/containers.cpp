#include "detect/containers.hpp"

#include "detect/look.hpp"

namespace nvprov {

std::vector<ContainerEngine> detect_container_engines(const HostView& host,
                                                      const std::vector<EngineInstallation>& installations,
                                                      Diagnostics& diagnostics) {
  std::vector<ContainerEngine> found;
  for (const EngineInstallation& installation : installations)
    if (const auto path = first_there(host, installation.programs, "container_engines", diagnostics))
      found.push_back({.name = installation.id, .path = *path});
  return found;
}

}  // namespace nvprov
