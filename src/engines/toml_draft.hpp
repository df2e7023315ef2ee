#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/toml_edit.hpp"
#include "engines/change.hpp"

namespace nvprov {

// A TOML file of an engine while it is changed, and the record of that.
class TomlDraft {
 public:
  // The document of a file that is not there, or has nothing but white space, begins as `blank`.
  static Result<TomlDraft> open(const std::optional<std::string>& text, std::string_view blank);

  const Json& json() const { return json_; }
  const std::string& text() const { return text_; }
  const Json* find(const KeyPath& key) const { return value_at(json_, key); }
  // The line of a key that is there, for messages.
  std::size_t line_of(const KeyPath& key) const;

  // Puts the value there, unless it is already.
  Status set(const KeyPath& key, const Json& value);
  Status add_table(const KeyPath& table, std::span<const TomlSetting> settings);
  Status add_item(const KeyPath& list, std::string_view item);

  // What the file is to hold: the bytes from before where nothing was done.
  Result<FileEdit> file() const;

 private:
  Status apply(const TextEdit& edit, KeyChange change);
  std::size_t missing_around(const KeyPath& key) const;

  std::optional<std::string> given_;
  std::string text_;
  Json opened_;
  Json json_;
  EditRecord record_;
};

// The first key of these that is no table though it is there; its line stands in the error.
Status check_tables(const TomlDraft& draft, const KeyPath& key);

// The settings of the runtime whose options a new one gets: of the default one, else runc's, else crun's; NVIDIA's own
// do not count. Empty where there is none.
std::vector<TomlSetting> default_runtime_settings(const TomlDraft& draft, const KeyPath& runtimes,
                                                  const std::optional<std::string>& default_name);

// The text of a TOML file without what its record says was written.
Result<Removal> revert_toml(const std::optional<std::string>& text, const EditRecord& record,
                            const std::function<bool(const KeyChange&, const Json&)>& ours);

}  // namespace nvprov
