#pragma once

#include <string>
#include <vector>

#include "catalog/data_file.hpp"
#include "cli/failure.hpp"
#include "host/host.hpp"
#include "model/catalog.hpp"
#include "model/concept.hpp"
#include "model/finding.hpp"

namespace nvprov {

// The embedded catalog with the overlays on top: /etc/nvprov where it is, then each `--data DIR`. As root an overlay
// must belong to root and be writable by nobody else.
struct OverlaidRecord {
  std::string folder;
  std::string kind;  // as `nvprov manifest show` names it: "driver"
  std::string id;    // "580"

  bool operator==(const OverlaidRecord&) const = default;
};
struct LoadedCatalog {
  Catalog catalog;
  std::vector<std::string> overlays;     // the folders used, for the plan's non-default inputs
  std::vector<OverlaidRecord> overlaid;  // every record of theirs that counts

  bool operator==(const LoadedCatalog&) const = default;
};
Outcome<LoadedCatalog> load_data(const HostView& machine, const GlobalOptions& options);

// The data files of one place, by their paths below it.
struct DataLayer {
  std::string folder;
  std::vector<DataFile> files;

  bool operator==(const DataLayer&) const = default;
};
// The overlays load_data() lays over the embedded catalog, in that order.
Outcome<std::vector<DataLayer>> overlay_layers(const HostView& machine, const GlobalOptions& options);

// The concepts of `nvprov explain`, with those of the same overlays on top. Only explaining needs them.
Outcome<std::vector<Concept>> load_concept_data(const HostView& machine, const GlobalOptions& options);

// The words of checks, with those of the same overlays on top. Only an audit needs them.
Outcome<std::vector<Check>> load_check_data(const HostView& machine, const GlobalOptions& options);

// All of a folder with manifests/ and distros/, whoever owns it, without the embedded catalog: to look at, not to use.
Outcome<Catalog> read_whole_data(const HostView& machine, const std::string& folder);

// The embedded catalog with this folder on top, whoever owns it: to look at, not to use.
Outcome<Catalog> read_overlaid_data(const HostView& machine, const std::string& folder);

}  // namespace nvprov
