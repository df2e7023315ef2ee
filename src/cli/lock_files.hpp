#pragma once

#include <optional>
#include <string>

#include "cli/failure.hpp"
#include "host/host.hpp"
#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/lockfile.hpp"
#include "model/plan.hpp"

namespace nvprov {

// A lock file of the caller's, read strictly: one that is not there or not valid is a usage error.
Outcome<Lockfile> read_lock_file(const HostView& machine, const std::string& path);

// The lock apply left on this host; nullopt where there is none.
Outcome<std::optional<Lockfile>> lock_left_on(const HostView& host);

// The facts of a host for a lock of it: `catalog` gets the offers of its distribution.
HostFacts facts_for_lock(const HostView& host, Catalog& catalog, const std::string& today);

// Leaves the lock of a plan that was just done, beside the journals; its path.
Result<std::string> leave_lock(Host& host, const Plan& plan, Catalog catalog, const std::string& today);

}  // namespace nvprov
