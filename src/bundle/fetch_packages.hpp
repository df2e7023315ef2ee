#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "bundle/fetch_record.hpp"
#include "bundle/write_bundle.hpp"
#include "host/downloader.hpp"
#include "host/host.hpp"
#include "model/lockfile.hpp"

namespace nvprov {

// The packages of a lock on their way into a bundle.
struct FetchedPackages {
  std::vector<BundlePart> parts;
  std::vector<std::string> left_out;  // names of those of which nobody knows where they came from

  bool operator==(const FetchedPackages&) const = default;
};

// Fetches every package of the lock whose file is known into `folder` (of this machine; what an earlier run left there
// with the right checksum is not fetched again, what was cut off is gone on with), as the record's fetches were.
// An error for one that cannot be had or is not what its signed index says.
Result<FetchedPackages> fetch_packages(Host& machine, const Lockfile& lock, const FetchRecord& record,
                                       const std::string& folder, Downloader& downloader, const DownloadWatch& watch);

}  // namespace nvprov
