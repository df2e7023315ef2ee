#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace nvprov {

using KeyPath = std::vector<std::string>;

// One key a merge wrote to an engine's file.
struct KeyChange {
  KeyPath key;                        // {"runtimes", "nvidia"}
  Json value;                         // what was written
  std::optional<std::string> former;  // the text of the value that stood there; none: the key was not there
  std::string inserted;               // where it was not there: the bytes that came, all in one place
  std::size_t made = 0;               // how many of the objects or tables around it came with it

  bool operator==(const KeyChange&) const = default;
};

// What a merge did to one file: all that removal needs, to be kept (in the journal) until then.
struct EditRecord {
  bool made_document = false;        // there was no file, or nothing but white space in it
  std::optional<std::string> blank;  // that white space; none: there was no file
  std::vector<KeyChange> changes;    // in the order they were made

  bool operator==(const EditRecord&) const = default;
};

// The value a key leads to, or nullptr.
const Json* value_at(const Json& document, const KeyPath& key);

// The values that stand at these keys of an engine's file, as one text to be digested; keys that are not there are left
// out. "" where none is, or where the file is not valid JSON (its path ends in ".json") or TOML.
std::string values_at(std::string_view path, std::string_view text, const std::vector<KeyPath>& keys);

// Its JSON form, and the record again; what is not of that form is told to the reader.
Json edit_record_to_json(const EditRecord& record);
EditRecord read_edit_record(ObjectReader& reader);

}  // namespace nvprov
