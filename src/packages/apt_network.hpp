#pragma once

#include <string>
#include <vector>

#include "model/network.hpp"
#include "packages/mirrors.hpp"

namespace nvprov {

// The lines of an apt.conf for these settings. The certificates are given apart: apt's unprivileged user must be able
// to read them where the lines say they are. What apt knows of single hosts ("DIRECT" for a mirror) goes on counting.
std::vector<std::string> apt_network_lines(const NetworkSettings& network,
                                           const std::vector<HostCertificates>& certificates);

// True if only root may read these lines.
bool is_secret(const NetworkSettings& network);

}  // namespace nvprov
