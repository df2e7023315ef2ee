#pragma once

#include <memory>
#include <string>
#include <vector>

#include "host/host.hpp"

namespace nvprov {

// The real machine ("/"), or a folder that holds a host's disk. For a folder, everything is resolved inside it and
// commands run through chroot.
std::unique_ptr<Host> make_posix_host(const std::string& root);

// The programs HostView::query() may run.
const std::vector<std::string>& read_only_programs();

// The real clock.
Clock system_clock();

}  // namespace nvprov
