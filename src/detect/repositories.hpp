#pragma once

#include <string_view>

#include "host/host.hpp"
#include "model/facts.hpp"

namespace nvprov {

// Whether apt reads a file of this name from sources.list.d or preferences.d (others it ignores).
bool apt_reads_sources_file(std::string_view name);
bool apt_reads_preferences_file(std::string_view name);

// The repositories of the host's package manager, in the order it reads them, and apt's pins or dnf's module streams.
void detect_repositories(const HostView& host, PackageFacts& packages, Diagnostics& diagnostics);

}  // namespace nvprov
