#pragma once

#include <string>

#include "host/host.hpp"
#include "model/catalog.hpp"
#include "model/facts.hpp"

namespace nvprov {

struct DetectOptions {
  std::string date;          // YYYY-MM-DD, for HostFacts::observed_on
  bool all_origins = false;  // look up the origin of every installed package, not only of those the catalog names
};

// Looks at a host, needing neither root nor a driver. Never fails: what could not be looked at is in diagnostics.
// In a chroot or under --root nothing of the machine nvprov runs on (kernel, GPUs, firmware, engines) is used.
HostFacts detect_host(const HostView& host, const Catalog& catalog, const DetectOptions& options);

}  // namespace nvprov
