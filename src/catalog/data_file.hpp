#pragma once

#include <string>

namespace nvprov {

// One data file: its path relative to the data folder ("manifests/drivers/580.json") and its text.
struct DataFile {
  std::string path;
  std::string text;

  bool operator==(const DataFile&) const = default;
};

}  // namespace nvprov
