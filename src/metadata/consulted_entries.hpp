#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "host/target_files.hpp"
#include "metadata/apt_repositories.hpp"
#include "metadata/consulted_repositories.hpp"
#include "metadata/dnf_sources.hpp"
#include "metadata/fetched.hpp"
#include "metadata/private_sources.hpp"
#include "metadata/rpm_repositories.hpp"
#include "model/facts.hpp"

namespace nvprov {

// The repositories a plan would ask, out of the target's own entries and the files the plan adds, each kind in the form
// its fetching needs. Entries of a kind nvprov cannot fetch are appended to `unfetchable`.

struct ConsultedApt {
  std::vector<AptRepository> repositories;
  PrivateSources sources;
};
// `source_root` and `key_folder` are those of private_sources().
Result<ConsultedApt> consulted_apt(const ConsultedRepositories& repositories, const std::string& source_root,
                                   const TargetFiles& target, const HostFacts& facts, const std::string& key_folder,
                                   Unfetchable& unfetchable);

struct ConsultedRpm {
  std::vector<RpmRepository> repositories;
  std::vector<PlannedCopy> copies;
};
// What the plan would write and an entry names (keys, certificates) is named in `copies_folder`.
ConsultedRpm consulted_rpm(const ConsultedRepositories& repositories, const TargetFiles& target, const HostFacts& facts,
                           const std::string& copies_folder, Unfetchable& unfetchable);

}  // namespace nvprov
