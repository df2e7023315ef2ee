#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/host.hpp"
#include "model/facts.hpp"

namespace nvprov {

// Those of the files that no installed package lists as its own; reads every package's list, so ask only when there
// is a file to ask for.
std::vector<std::string> unowned_files(const HostView& host, const std::vector<std::string>& files,
                                       std::string_view fact, Diagnostics& diagnostics);

}  // namespace nvprov
