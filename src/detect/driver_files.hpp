#pragma once

#include <string>

#include "host/host.hpp"
#include "model/file_facts.hpp"

namespace nvprov {

// Fills in the files of NVIDIA's driver and those that no package owns: libraries, programs and kernel modules in the
// folders they are installed to. Links are left out, for packages make some when they are set up, and so are modules
// that were built on the host or linked there by their package's script.
void find_driver_files(const HostView& host, const std::string& architecture, FileFacts& facts);

}  // namespace nvprov
