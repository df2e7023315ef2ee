#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/host.hpp"
#include "model/facts.hpp"

namespace nvprov {

// What the target's own rpm says of its database, whose format only librpm knows.

// What `rpm -qa` prints in the format asked for, keys left out; sorted by name, architecture and version.
std::vector<InstalledPackage> parse_rpm_packages(std::string_view output, Diagnostics& problems);

// The folder of the target's database; nullopt where there is none.
std::optional<std::string> find_rpm_database(const HostView& host, std::string_view fact, Diagnostics& diagnostics);

// Every installed package, those held by dnf's versionlock plugin marked, and the architecture they are for. A host
// whose database is there has packages: none is told as "could not look".
void detect_rpm_packages(const HostView& host, PackageFacts& packages, Diagnostics& diagnostics);

// Those of the files that no package of the database owns; one rpm does not answer for counts as owned, and is noted.
std::vector<std::string> unowned_by_rpm(const HostView& host, const std::string& database,
                                        const std::vector<std::string>& files, std::string_view fact,
                                        Diagnostics& diagnostics);

}  // namespace nvprov
