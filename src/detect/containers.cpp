#include "detect/containers.hpp"

#include <fmt/format.h>

#include "detect/look.hpp"

namespace nvprov {
namespace {

// Of an engine that users run without root, while they are logged in or linger.
std::optional<std::string> first_socket(const HostView& host, const std::vector<std::string>& sockets,
                                        Diagnostics& diagnostics) {
  constexpr const char* fact = "container_engines.sockets";
  if (sockets.empty()) return std::nullopt;
  for (const std::string& user : list_names(host, "/run/user", fact, diagnostics))
    for (const std::string& socket : sockets)
      if (const std::string path = fmt::format("/run/user/{}/{}", user, socket);
          is_there(host, path, fact, diagnostics))
        return path;
  return std::nullopt;
}

}  // namespace

std::vector<ContainerEngine> detect_container_engines(const HostView& host,
                                                      const std::vector<EngineInstallation>& installations,
                                                      Diagnostics& diagnostics) {
  std::vector<ContainerEngine> found;
  for (const EngineInstallation& installation : installations) {
    auto path = first_there(host, installation.programs, "container_engines", diagnostics);
    if (!path) path = first_socket(host, installation.sockets, diagnostics);
    if (path) found.push_back({.name = installation.id, .path = *path});
  }
  return found;
}

}  // namespace nvprov
