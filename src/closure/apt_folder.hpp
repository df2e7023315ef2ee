#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "closure/closure.hpp"
#include "host/host.hpp"
#include "host/target_files.hpp"
#include "metadata/private_sources.hpp"

namespace nvprov {

// A folder of the caller's cache in which the real apt works as if it were the target's: its own indexes and cache,
// the target's package states, pins and keys. One folder per set of repositories, locked while this lives.
struct AptFolder {
  std::string path;
  std::unique_ptr<HostLock> lock;

  std::string lists() const { return path + "/lists"; }
  // Written only after every index was fetched and its signature held; without it no index here is used.
  std::string stamp() const { return path + "/fetched"; }
};

// Makes or finds the folder, waits for its lock and writes what apt shall read.
Result<AptFolder> open_apt_folder(const TargetFiles& target, const PrivateApt& apt, const HostFacts& facts,
                                  const ConsultedRepositories& repositories);

// Runs one of apt's programs in the folder; an error only if it could not be run at all.
Result<CommandOutput> run_apt(Host& machine, const AptFolder& folder, std::vector<std::string> argv);

}  // namespace nvprov
