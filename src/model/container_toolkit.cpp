#include "model/container_toolkit.hpp"

#include <algorithm>

namespace nvprov {

bool is_engine(const EngineInstallation& installation) {
  return installation.format != "none" || installation.advice.has_value();
}

const EngineInstallation* find_installation(const ContainerToolkit& toolkit, std::string_view id) {
  const auto found = std::ranges::find(toolkit.installations, id, &EngineInstallation::id);
  return found == toolkit.installations.end() ? nullptr : &*found;
}

}  // namespace nvprov
