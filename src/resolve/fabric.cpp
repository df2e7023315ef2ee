#include "resolve/fabric.hpp"

#include "base/text.hpp"

namespace nvprov {
namespace {

// The generation of switches that a board of this host tells of by itself.
const FabricGeneration* rack_of(const HostFacts& facts, const Catalog& catalog) {
  for (const Gpu& gpu : facts.gpus) {
    const FabricGeneration* generation = board_generation(gpu, catalog);
    if (generation != nullptr && generation->switches_apart) return generation;
  }
  return nullptr;
}

}  // namespace

const FabricGeneration* board_generation(const Gpu& gpu, const Catalog& catalog) {
  const FabricBoard* board = find_fabric_board(catalog, gpu.device_id);
  return board != nullptr && board->generation ? find_generation(catalog, *board->generation) : nullptr;
}

std::string fabric_of(const HostFacts& facts, const Catalog& catalog) {
  if (!facts.nvswitches.empty()) return facts.nvswitches.front().name;
  if (facts.nvlink_switch_manager) return *facts.nvlink_switch_manager;
  const FabricGeneration* rack = rack_of(facts, catalog);
  return rack != nullptr ? join(rack->systems, ", ") : "";
}

const std::vector<std::string>& fabric_components(const ProfilePart& profile, const HostFacts& facts,
                                                  const Catalog& catalog) {
  static const std::vector<std::string> none;
  if (facts.nvlink_switch_manager) return profile.nvlink5_components;
  if (!facts.nvswitches.empty()) return profile.nvswitch_components;
  return rack_of(facts, catalog) != nullptr ? profile.rack_components : none;
}

}  // namespace nvprov
