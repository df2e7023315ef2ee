#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <variant>
#include <vector>

#include "base/diagnostic.hpp"

namespace nvprov {

class Json;
struct JsonMember;
using JsonArray = std::vector<Json>;
using JsonObject = std::vector<JsonMember>;  // in the order written

// A JSON value with the members of objects in their order. Parsing and printing are nlohmann_json's; this type keeps
// that header out of every file but one.
class Json {
 public:
  using Value = std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, JsonArray, JsonObject>;

  // Defined where JsonMember is complete: clang 14 refuses them here.
  Json();
  Json(std::nullptr_t);          // NOLINT: meant to convert
  Json(bool value);              // NOLINT
  Json(std::int64_t value);      // NOLINT
  Json(int value);               // NOLINT
  Json(std::uint64_t value);     // NOLINT
  Json(std::uint32_t value);     // NOLINT
  Json(double value);            // NOLINT
  Json(const char* value);       // NOLINT
  Json(std::string value);       // NOLINT
  Json(std::string_view value);  // NOLINT
  Json(JsonArray value);         // NOLINT
  Json(JsonObject value);        // NOLINT
  template <class T>
  Json(const std::optional<T>& value);  // NOLINT

  const Value& value() const { return value_; }
  template <class T>
  const T* get_if() const {
    return std::get_if<T>(&value_);
  }
  bool is_null() const { return std::holds_alternative<std::nullptr_t>(value_); }
  // The member of an object, or nullptr.
  const Json* find(std::string_view key) const;
  // "a string", "an object", ...: for messages.
  std::string_view type_name() const;

  bool operator==(const Json& other) const;

 private:
  Value value_;
};

struct JsonMember {
  std::string key;
  Json value;

  bool operator==(const JsonMember& other) const { return key == other.key && value == other.value; }
};

template <class T>
Json::Json(const std::optional<T>& value) : Json() {
  if (value) *this = Json(*value);
}

// An array of what `convert` makes of each item.
template <class Range, class Convert>
Json json_array(const Range& items, Convert convert) {
  JsonArray array;
  for (const auto& item : items) array.push_back(Json(convert(item)));
  return array;
}
Json json_array(const std::vector<std::string>& items);

// Reads one document. Refuses what RFC 8259 refuses and duplicate keys, each with its place.
tl::expected<Json, Diagnostics> parse_json(std::string_view text, std::string_view file);

// The same, but goes on where it can: problems are added to `problems`, and a document whose only fault is duplicate
// keys is returned all the same, so that its other problems are found at once.
std::optional<Json> parse_json(std::string_view text, std::string_view file, Diagnostics& problems);

// Two-space indent and a final newline; the same bytes for the same value. Invalid UTF-8 becomes U+FFFD.
std::string format_json(const Json& value);

// What is wrong with a text, and what to write instead.
struct Complaint {
  std::string message;
  std::string hint;

  bool operator==(const Complaint&) const = default;
};
// A rule for texts; nullopt where the text keeps it.
using TextRule = std::function<std::optional<Complaint>(std::string_view)>;

// Reads the members of one object strictly: every problem goes to `problems` with file and JSON path, unknown members
// are named with a suggestion when finish() is called. Members whose key starts with `$` are comments.
class ObjectReader {
 public:
  ObjectReader(const Json& value, std::string file, std::string path, Diagnostics& problems);

  // Required members. On a problem a default value is returned and the problem noted.
  std::string text(std::string_view key);
  bool boolean(std::string_view key);
  std::int64_t integer(std::string_view key);
  std::vector<std::string> texts(std::string_view key);
  // A member that must be there but may be null.
  std::optional<std::string> nullable_text(std::string_view key);
  std::optional<bool> nullable_boolean(std::string_view key);
  std::optional<std::int64_t> nullable_integer(std::string_view key);
  // The same for texts that must keep a rule. One that does not is noted and still returned.
  std::string text(std::string_view key, const TextRule& rule);
  std::optional<std::string> nullable_text(std::string_view key, const TextRule& rule);
  std::vector<std::string> texts(std::string_view key, const TextRule& rule);
  // A member that may be missing altogether.
  bool has(std::string_view key);
  const Json* optional_member(std::string_view key);

  // Calls `read(ObjectReader&)` for each object of an array member, and gathers what it returns.
  template <class Read>
  auto objects(std::string_view key, Read read) {
    std::vector<decltype(read(std::declval<ObjectReader&>()))> values;
    if (const JsonArray* items = array(key)) {
      for (std::size_t i = 0; i < items->size(); ++i) {
        ObjectReader reader((*items)[i], file_, path_ + "/" + std::string(key) + "/" + std::to_string(i), problems_);
        values.push_back(read(reader));
        reader.finish();
      }
    }
    return values;
  }
  // Calls `read(ObjectReader&)` for an object member.
  template <class Read>
  auto object(std::string_view key, Read read) {
    static const Json nothing = JsonObject{};
    const Json* member = required(key);
    ObjectReader reader(member != nullptr ? *member : nothing, file_, path_ + "/" + std::string(key), problems_);
    if (member == nullptr) reader.muted_ = true;
    auto value = read(reader);
    reader.finish();
    return value;
  }
  // Calls `read(name, ObjectReader&)` for each member of an object member whose keys are names, not fields.
  template <class Read>
  void entries(std::string_view key, Read read) {
    if (const JsonObject* members = free_object(key)) {
      for (const JsonMember& member : *members) {
        if (member.key.starts_with('$')) continue;
        ObjectReader reader(member.value, file_, path_ + "/" + std::string(key) + "/" + member.key, problems_);
        read(member.key, reader);
        reader.finish();
      }
    }
  }
  // The same as object() for one that may be null.
  template <class Read>
  auto nullable_object(std::string_view key, Read read)
      -> std::optional<decltype(read(std::declval<ObjectReader&>()))> {
    const Json* member = required(key);
    if (member == nullptr || member->is_null()) return std::nullopt;
    return object(key, read);
  }

  // Notes a problem of a member's value ("" for the object itself).
  void problem(std::string_view key, std::string message, std::string hint = {});
  // Nothing more is noted of this object: for one whose kind is unknown, where every other field would be noise.
  void ignore_rest() { muted_ = true; }
  // Names members nobody asked for. Call once, last.
  void finish();
  const std::string& path() const { return path_; }
  const std::string& file() const { return file_; }

 private:
  const Json* required(std::string_view key);
  const JsonArray* array(std::string_view key);
  const JsonObject* free_object(std::string_view key);
  void apply(const TextRule& rule, std::string_view key, std::string_view text);
  template <class T>
  const T* typed(std::string_view key, const Json* member, std::string_view expected);

  const JsonObject* object_ = nullptr;
  std::string file_;
  std::string path_;
  Diagnostics& problems_;
  std::vector<std::string> known_;
  bool muted_ = false;
};

}  // namespace nvprov
