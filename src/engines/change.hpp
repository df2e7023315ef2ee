#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "model/engine_edit.hpp"

namespace nvprov {

// What a file is to hold, and how it came to that.
struct FileEdit {
  std::optional<std::string> text;  // none: there is to be no file
  EditRecord record;                // empty where nothing changes: the bytes are those from before

  bool changed() const { return !record.changes.empty() || record.made_document; }
  bool operator==(const FileEdit&) const = default;
};

// What removal made of a file.
struct Removal {
  std::optional<std::string> text;  // none: the file goes
  std::vector<std::string> left;    // keys somebody else has changed since, which stay: "default-runtime"

  bool operator==(const Removal&) const = default;
};

// What the engine's configuration had to say of a runtime named "nvidia".
enum class RuntimeState {
  added,    // nothing: it is written
  already,  // what would be written, or the same in other words
  kept,     // NVIDIA's runtime, from another path or with other options: the user's own, left as it is
};

// A file format's own part in taking changes out again. The texts given are valid.
struct TextFormat {
  std::function<Result<Json>(std::string_view)> parse;
  // Without a key; the same text where it cannot be taken out.
  std::function<std::string(std::string_view, const KeyPath&)> remove;
  // With the text of a key's value from before.
  std::function<std::string(std::string_view, const KeyPath&, std::string_view)> restore;
  // Whether nothing is left that a merge does not write.
  std::function<bool(const Json&)> is_empty;
};

// Takes out what the record says was written, and nothing else; what stands there by now must still be `ours`.
Result<Removal> revert(const std::optional<std::string>& text, const EditRecord& record, const TextFormat& format,
                       const std::function<bool(const KeyChange&, const Json&)>& ours);

// "runtimes.nvidia"
std::string dotted(const KeyPath& key);

// That an edit did what its record says and left every other value as it was; an error is a fault of nvprov's own.
Status check_edit(const Json& before, const Json& after, const EditRecord& record);

}  // namespace nvprov
