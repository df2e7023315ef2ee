#pragma once

#include <string>
#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"

namespace nvprov {

// The switches that a GPU's board may have, as far as its id tells; nullptr for none.
const FabricGeneration* board_generation(const Gpu& gpu, const Catalog& catalog);

// What shows that the host has a fabric to manage: an NVSwitch, the device that manages NVLink 5 switches, or the racks
// a GPU's board is made for ("GB200 NVL72, GB300 NVL72"), whose switches are in machines of their own; "" if nothing
// does.
std::string fabric_of(const HostFacts& facts, const Catalog& catalog);

// What a profile adds for it.
const std::vector<std::string>& fabric_components(const ProfilePart& profile, const HostFacts& facts,
                                                  const Catalog& catalog);

}  // namespace nvprov
