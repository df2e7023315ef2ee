#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/file_facts.hpp"
#include "model/lockfile.hpp"
#include "model/plan.hpp"

namespace nvprov {

// What is there after this plan is done. `facts` are those of the plan's host before or after it, and tell what of the
// plan's choice was there already; facts of nothing (HostFacts{}) where the host is not at hand. What `earlier` has of
// packages that are still installed and of files stays, so that one run does not forget what another agreed to.
// An error of kind refused where the plan does not know which exact packages it would install.
Result<Lockfile> make_lock(const Plan& plan, const HostFacts& facts, const std::optional<Lockfile>& earlier);

// What is there now: every installed package the catalog's sources for this host name, and what `earlier` has beside
// them, as far as it still is; files as they are seen. An error where what is installed is not known.
Result<Lockfile> lock_host(const HostFacts& facts, const FileFacts& files, const Catalog& catalog,
                           const std::string& tool_version, const std::optional<Lockfile>& earlier);

// Every installed package the catalog's sources for this host name: the driver, CUDA, the container toolkit, and what
// is there for them.
std::vector<InstalledPackage> packages_of_stack(const HostFacts& facts, const Catalog& catalog);

// The lock without files that are not there any more.
Lockfile without_missing_files(Lockfile lock, const FileFacts& files);

}  // namespace nvprov
