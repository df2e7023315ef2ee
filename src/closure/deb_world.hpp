#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "metadata/fetched.hpp"
#include "model/facts.hpp"
#include "solver/deb_universe.hpp"

namespace nvprov {

// Every package a Debian-like target has and can have, from metadata nvprov has fetched and verified itself.
struct DebWorld {
  DebUniverse universe;
  FetchedMetadata fetched;
  std::string default_release;  // of the target's apt
};

Result<DebWorld> load_deb_world(Host& machine, const PrivateApt& place, const HostFacts& facts,
                                FetchedMetadata fetched);

// The pins that count on the target once the plan's own files are there, in the order apt reads them.
std::vector<PackagePin> pins_of(const HostFacts& facts, const std::vector<WriteFile>& preferences);

}  // namespace nvprov
