#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/downloader.hpp"
#include "host/host.hpp"
#include "host/target_files.hpp"
#include "metadata/fetched.hpp"
#include "metadata/signature.hpp"
#include "model/network.hpp"

namespace nvprov {

// What fetching needs of its surroundings, whatever the kind of repository.
struct FetchTools {
  Host& machine;
  const TargetFiles& target;
  const NetworkSettings& network;
  Downloader& downloader;
  const FetchOptions& options;
  std::string folder;    // the caller's own, locked
  std::int64_t now = 0;  // seconds since the epoch
};

// Where the keys are that the target's entries name: of a machine that is not here, those this machine has in the same
// files.
TargetFiles files_with_keys(const TargetFiles& target);

// How often files that do not fit together are asked for.
constexpr int stale_tries = 3;

// Waits before a mirror that is being updated is asked again.
void pause_before_retry(const FetchTools& tools);

// The error for files of a repository that do not fit together, also when asked again: not_trusted for one of the size
// that was signed, else the mirror is being updated.
Error stale_error(const std::string& repository, const DownloadFailure& failure);

// Takes a validated file from where it came in to where it is kept, with what its server said of it.
Status keep_validators_of(Host& machine, const std::string& incoming, const std::string& kept);

// The whole file; an error when it is not there.
Result<std::string> read_whole(const HostView& machine, const std::string& path);

// A name for a file out of a path or address.
std::string file_name_of(std::string_view path);

}  // namespace nvprov
