#pragma once

#include <optional>
#include <string_view>

#include "host/host.hpp"
#include "model/catalog.hpp"
#include "model/facts.hpp"

namespace nvprov {

// os-release(5): assignments as a shell would read them; a line that is none is a problem.
OsFacts parse_os_release(std::string_view text, Diagnostics& problems);
std::optional<OsFacts> detect_os(const HostView& host, Diagnostics& diagnostics);
// What the catalog knows of it: whether a mark on the disk makes it another distribution than os-release says, and
// whether nvprov installs anything on it. Marks in /proc and /sys count on the machine itself only.
void recognise_distro(const HostView& host, const Catalog& catalog, bool owns_machine, OsFacts& os,
                      Diagnostics& diagnostics);

}  // namespace nvprov
