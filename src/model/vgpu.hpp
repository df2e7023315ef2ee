#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nvprov {

// The virtual GPUs that show as one device: a guest sees the physical GPU's device id, and what it was given of it in
// the subsystem's. A thousand of them are one text a device, "1309 GRID T4-1B\n...", so that the catalog stays quick to
// read; the lines are sorted.
struct VgpuDevice {
  std::string device_id;
  std::string profiles;

  bool operator==(const VgpuDevice&) const = default;
};

// The name of the virtual GPU with this subsystem id, "1309"; nullopt where it is none.
std::optional<std::string_view> find_vgpu_profile(const VgpuDevice& device, std::string_view subsystem_device_id);

}  // namespace nvprov
