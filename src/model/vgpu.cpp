#include "model/vgpu.hpp"

#include <algorithm>

namespace nvprov {

std::optional<std::string_view> find_vgpu_profile(const VgpuDevice& device, std::string_view subsystem_device_id) {
  for (std::string_view rest = device.profiles; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const std::size_t blank = line.find(' ');
    if (line.substr(0, blank) == subsystem_device_id) return line.substr(blank + 1);
  }
  return std::nullopt;
}

}  // namespace nvprov
