#pragma once

#include <string>
#include <vector>

#include "base/json.hpp"
#include "model/catalog.hpp"
#include "report/layout.hpp"

namespace nvprov {

// A record of the data with where it came from.
struct ShownRecord {
  std::string kind;                   // "driver"
  std::string id;                     // "580"
  std::string layer;                  // the overlay's folder, or "" for what the program carries
  std::string file;                   // relative to the layer: "manifests/drivers/580.json"
  std::string place;                  // JSON path in the file, "" where the file is the record
  std::vector<std::string> replaced;  // layers below it that have the record too, the lowest first
  Json record;
  std::vector<Source> sources;

  bool operator==(const ShownRecord&) const = default;
};

std::string record_text(const ShownRecord& shown, const TextOptions& options);
Json record_to_json(const ShownRecord& shown);  // "nvprov.record/1"

// "what nvprov carries", or the folder.
std::string layer_words(const std::string& layer);

}  // namespace nvprov
