#pragma once

#include <string>
#include <vector>

#include "model/facts.hpp"
#include "model/file_facts.hpp"
#include "model/lock_difference.hpp"
#include "model/lockfile.hpp"

namespace nvprov {

// In what the second lock differs from the first: releases, packages, what is removed, streams and files. Dates, tools
// and the request do not count.
std::vector<LockDifference> lock_differences(const Lockfile& before, const Lockfile& after);

// What a plan has to ask for so that it leads to this lock: its releases, by name.
Request request_of_lock(const Lockfile& lock);

// In what the host would differ from the lock after a plan of which `planned` is the lock, made from these facts:
// releases and packages, and files that are not as locked and that the plan does not write.
std::vector<LockDifference> differences_to_lock(const Lockfile& lock, const Lockfile& planned, const HostFacts& facts,
                                                const FileFacts& files);

}  // namespace nvprov
