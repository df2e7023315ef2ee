#include "resolve/security_floor.hpp"

#include "base/version.hpp"

namespace nvprov {

const SecurityFloor* bulletin_against(const DriverBranch& branch, std::string_view version) {
  const auto& floor = branch.security_floor;
  return floor && compare_versions(version, floor->release) < 0 ? &*floor : nullptr;
}

}  // namespace nvprov
