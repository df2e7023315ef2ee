#pragma once

#include "base/result.hpp"
#include "metadata/fetched.hpp"
#include "model/facts.hpp"
#include "solver/rpm_universe.hpp"

namespace nvprov {

// Every package a target with dnf has and can have, from metadata nvprov has fetched and verified itself.
struct RpmWorld {
  RpmUniverse universe;
  FetchedMetadata fetched;
};

Result<RpmWorld> load_rpm_world(Host& machine, const PrivateApt& place, const HostFacts& facts,
                                FetchedMetadata fetched);

// How the target's dnf chooses, from its dnf.conf; of a machine that is not here, as distributions ship it.
RpmSettings rpm_settings(const TargetFiles& target, const HostFacts& facts);

}  // namespace nvprov
