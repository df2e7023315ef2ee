#pragma once

#include <cstdint>

#include "base/result.hpp"
#include "closure/apt_folder.hpp"

namespace nvprov {

// Brings the folder's indexes up to date unless that was done within the last ten minutes; when (seconds since the
// epoch) they were fetched. After an error no index of the folder counts as usable.
Result<std::int64_t> fetch_indexes(const TargetFiles& target, const AptFolder& folder);

// When the folder's indexes were fetched; an error if they never were.
Result<std::int64_t> fetched_time(const Host& machine, const AptFolder& folder);

}  // namespace nvprov
