#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/host.hpp"
#include "model/facts.hpp"

namespace nvprov {

// Those of the files that no installed package has as its own, by dpkg's lists and by rpm where its database is there.
// Reads every list, so ask only when there is a file to ask for. A file not known to be unowned is not among them.
std::vector<std::string> unowned_files(const HostView& host, const std::vector<std::string>& files,
                                       std::string_view fact, Diagnostics& diagnostics);

}  // namespace nvprov
