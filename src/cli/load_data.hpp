#pragma once

#include <string>
#include <vector>

#include "cli/failure.hpp"
#include "host/host.hpp"
#include "model/catalog.hpp"

namespace nvprov {

// The embedded catalog with the overlays on top: /etc/nvprov where it is, then each `--data DIR`. As root an overlay
// must belong to root and be writable by nobody else.
struct LoadedCatalog {
  Catalog catalog;
  std::vector<std::string> overlays;  // the folders used, for the plan's non-default inputs

  bool operator==(const LoadedCatalog&) const = default;
};
Outcome<LoadedCatalog> load_data(const HostView& machine, const GlobalOptions& options);

}  // namespace nvprov
