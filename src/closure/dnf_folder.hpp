#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "closure/closure.hpp"
#include "host/host.hpp"
#include "packages/dnf.hpp"

namespace nvprov {

// A folder of the caller's cache in which the real dnf works as if it were the host's: its own metadata, keys and
// records, the host's package states and module streams. One per set of repositories, locked while this lives.
struct DnfFolder {
  std::string path;
  DnfGeneration generation = DnfGeneration::dnf4;
  bool is_root = true;
  std::unique_ptr<HostLock> lock;

  // Written only after all metadata was fetched and every signature held; without it none here is used.
  std::string stamp() const { return path + "/fetched"; }
};

// Makes or finds the folder, waits for its lock and writes what dnf shall read. `machine` is where dnf runs: this
// machine, or a folder that holds a host's disk, through chroot.
Result<DnfFolder> open_dnf_folder(Host& machine, const PrivateApt& where, const HostFacts& facts,
                                  const ConsultedRepositories& repositories);

// Brings the folder's metadata up to date, every signature checked; when it was fetched, in seconds since the epoch.
Result<std::int64_t> fetch_metadata_of(Host& machine, const DnfFolder& folder);

// Runs dnf in the folder; an error only if it could not be run at all.
Result<CommandOutput> run_dnf(Host& machine, const DnfFolder& folder, std::vector<std::string> argv);

// The same for an installation, which dnf lets nobody but root even try: anybody else runs it as the root of a user
// namespace, who can change nothing of the host. An error where the system allows no such namespace.
Result<CommandOutput> run_dnf_as_root(Host& machine, const DnfFolder& folder, std::vector<std::string> argv);

}  // namespace nvprov
