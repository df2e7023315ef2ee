#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "apply/apply.hpp"
#include "base/result.hpp"
#include "host/host.hpp"
#include "model/journal.hpp"

namespace nvprov {

// What of the plan the package manager would not do, or do beside it, one line for each package. `complete`: the
// planned changes must all be there; otherwise later transactions may bring the rest.
std::vector<std::string> differences(const std::vector<PackageChange>& planned,
                                     const std::vector<PackageChange>& simulated, bool complete);

// What the package manager would do that the plan does not lead to, one line for each package. Unlike differences(), it
// does not matter whether a package is new or taken up half-way.
std::vector<std::string> not_agreed_to(const std::vector<PackageChange>& planned,
                                       const std::vector<PackageChange>& simulated);

// The packages that must carry the driver's version and would not, one line for each.
std::vector<std::string> mixed_versions(const DriverChoice& driver, const std::vector<PackageChange>& changes);

// Lets the real package manager of the target simulate the transaction `index` and those after it up to the next
// refresh of the indexes. Returns what that one transaction would do; fails (ErrorKind::changed) unless together they
// do exactly what the journal's closure still lists.
Result<std::vector<PackageChange>> rehearse(const HostView& host, const Journal& journal, std::size_t index,
                                            const ApplyOptions& options);

// What the package manager would do for one transaction now; `planned` tells dnf architectures and old versions.
Result<std::vector<PackageChange>> simulate(const HostView& host, const InstallPackages& step,
                                            const ApplyOptions& options,
                                            const std::vector<PackageChange>& planned = {});

// The error for a host that would not become what was agreed to.
Error not_as_planned(std::vector<std::string> because);

}  // namespace nvprov
