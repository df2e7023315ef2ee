#pragma once

#include <optional>
#include <string_view>

#include "host/host.hpp"
#include "model/facts.hpp"

namespace nvprov {

// os-release(5): assignments as a shell would read them; a line that is none is a problem.
OsFacts parse_os_release(std::string_view text, Diagnostics& problems);
std::optional<OsFacts> detect_os(const HostView& host, Diagnostics& diagnostics);

}  // namespace nvprov
