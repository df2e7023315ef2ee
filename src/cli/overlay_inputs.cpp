#include "cli/overlay_inputs.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "resolve/resolve.hpp"

namespace nvprov {
namespace {

bool is_of_a_source(const Distro* distro, const std::string& family) {
  return distro != nullptr &&
         std::ranges::find(distro->package_sources, family, &PackageSource::family) != distro->package_sources.end();
}

// A key's id is the end of its fingerprint.
bool imports_key(const Plan& plan, const std::string& id) {
  return std::ranges::any_of(plan.steps, [&](const Step& step) {
    const ImportKey* import = std::get_if<ImportKey>(&step);
    return import != nullptr &&
           std::ranges::any_of(import->fingerprints, [&](const std::string& each) { return each.ends_with(id); });
  });
}

bool decides(const OverlaidRecord& record, const Plan& plan) {
  const Resolution& chosen = plan.resolution;
  if (record.kind == "driver") return chosen.driver && record.id == chosen.driver->branch;
  if (record.kind == "cuda")
    return std::ranges::find(chosen.cuda, record.id, &CudaChoice::release) != chosen.cuda.end();
  if (record.kind == "key") return imports_key(plan, record.id);
  return true;
}

}  // namespace

std::vector<OverlaidRecord> records_in_question(const Asked& asked) {
  const Distro* distro = distro_of(asked.facts, *asked.catalog);
  const auto& profiles = asked.request.profiles;
  const auto is_about = [&](const OverlaidRecord& record) {
    if (record.kind == "distro") return distro != nullptr && record.id == distro->id;
    if (record.kind == "packages") return is_of_a_source(distro, record.id);
    if (record.kind == "profile") return std::ranges::find(profiles, record.id) != profiles.end();
    if (record.kind == "gpu")
      return std::ranges::find(asked.facts.gpus, record.id, &Gpu::device_id) != asked.facts.gpus.end();
    if (record.kind == "architecture")
      return std::ranges::find(asked.facts.gpus, record.id, &Gpu::architecture) != asked.facts.gpus.end();
    return record.kind == "driver" || record.kind == "cuda" || record.kind == "key";
  };
  std::vector<OverlaidRecord> records;
  std::ranges::copy_if(asked.overlaid, std::back_inserter(records), is_about);
  return records;
}

void name_deciding(Plan& plan, const std::vector<OverlaidRecord>& records) {
  for (const OverlaidRecord& record : records)
    if (decides(record, plan))
      plan.inputs.push_back(fmt::format("{} {} as the overlay {} has it", record.kind, record.id, record.folder));
}

}  // namespace nvprov
