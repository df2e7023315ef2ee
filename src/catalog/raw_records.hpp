#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "catalog/data_file.hpp"
#include "model/catalog.hpp"

namespace nvprov {

// A record as its file says it, comments and all: for people who read data, not for plans.
struct RawRecord {
  std::string kind;             // "driver"
  std::string id;               // "580"
  std::string file;             // "manifests/drivers/580.json"
  std::string place;            // JSON path in the file; "" where the file is the record
  Json record;                  // without the file's `schema` and `sources`
  std::vector<Source> sources;  // all that the record or a part of it names

  bool operator==(const RawRecord&) const = default;
};

// "architecture", "cuda", ...: the kinds of records there are, sorted.
std::vector<std::string> raw_record_kinds();

// Every record of one kind, or of all ("") in these files, in the order they stand. What is no record, or in no JSON
// file, is passed over: loading the files complains of it.
std::vector<RawRecord> raw_records(std::span<const DataFile> files, std::string_view kind);

}  // namespace nvprov
