// manifests/vgpu.json
#include <algorithm>

#include "base/text.hpp"
#include "catalog/records.hpp"
#include "catalog/text_rules.hpp"

namespace nvprov {
namespace {

// "1309" of "1309 GRID T4-1B".
std::string subsystem_of(std::string_view profile) { return std::string(profile.substr(0, profile.find(' '))); }

VgpuDevice read_vgpu_device(ObjectReader& reader, const SourceTable& table) {
  read_sources(reader, table);
  VgpuDevice device{.device_id = reader.text("device_id", a_device_id), .profiles = {}};
  std::vector<std::string> profiles = reader.texts("profiles", a_vgpu_profile);
  std::vector<std::string> subsystems;
  for (const std::string& profile : profiles) subsystems.push_back(subsystem_of(profile));
  check_distinct(reader, "profiles", "", subsystems);
  std::ranges::sort(profiles);
  device.profiles = join(profiles, "\n");
  return device;
}

}  // namespace

void read_vgpu_file(const Document& document, Records& records, Diagnostics& problems) {
  ObjectReader reader(document.root, document.path, "", problems);
  if (!read_schema(reader, "nvprov.vgpu")) return;
  const SourceTable table = read_source_table(reader);
  records.vgpus = read_list(reader, "devices", table, read_vgpu_device);
  reader.finish();
}

}  // namespace nvprov
