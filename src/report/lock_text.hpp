#pragma once

#include <string>
#include <vector>

#include "base/json.hpp"
#include "model/lock_difference.hpp"
#include "model/lockfile.hpp"

namespace nvprov {

// What a new lock changes, a line each; "nothing changes" where it changes nothing.
std::string lock_update_text(const std::vector<LockDifference>& differences);
Json lock_update_to_json(const std::vector<LockDifference>& differences,
                         const Lockfile& lock);  // "nvprov.lock-update/1"

// One difference in words: "package libcuda1: 535.1 is 535.2 now".
std::string difference_words(const LockDifference& difference);

}  // namespace nvprov
