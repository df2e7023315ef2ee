#include "base/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "base/text.hpp"

namespace nvprov {
namespace {

// Builds a Json from nlohmann's events, so that duplicate keys are seen (its own tree keeps the last in silence).
class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit TreeBuilder(std::string_view file) : file_(file) {}

  bool null() override { return add(Json(nullptr)); }
  bool boolean(bool value) override { return add(Json(value)); }
  bool number_integer(number_integer_t value) override { return add(Json(static_cast<std::int64_t>(value))); }
  bool number_unsigned(number_unsigned_t value) override {
    if (value > static_cast<number_unsigned_t>(INT64_MAX)) return add(Json(static_cast<double>(value)));
    return add(Json(static_cast<std::int64_t>(value)));
  }
  bool number_float(number_float_t value, const string_t&) override { return add(Json(value)); }
  bool string(string_t& value) override { return add(Json(std::move(value))); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override {
    return open(Level{.is_object = true, .object = {}, .array = {}, .key = {}});
  }
  bool start_array(std::size_t) override {
    return open(Level{.is_object = false, .object = {}, .array = {}, .key = {}});
  }
  bool key(string_t& value) override {
    Level& level = levels_.back();
    const bool repeated = std::ranges::find(level.object, value, &JsonMember::key) != level.object.end();
    if (repeated)
      problems.push_back({file_, place() + "/" + value, "the key stands twice in one object", "keep one of them"});
    level.key = std::move(value);
    return true;
  }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& error) override {
    (void)position;
    std::string_view message = error.what();
    if (const std::size_t end = message.find("] "); end != std::string_view::npos) message.remove_prefix(end + 2);
    std::string_view where = "the document";
    if (message.starts_with("parse error at ")) {
      message.remove_prefix(15);
      const std::size_t end = message.find(": ");
      where = message.substr(0, end);
      if (end != std::string_view::npos) message.remove_prefix(end + 2);
    }
    problems.push_back({file_, std::string(where), fmt::format("not valid JSON: {}", message), ""});
    return false;
  }

  Json root;
  Diagnostics problems;

 private:
  struct Level {
    bool is_object = false;
    JsonObject object;
    JsonArray array;
    std::string key;
  };

  std::string place() const {
    std::string path;
    for (std::size_t i = 0; i + 1 < levels_.size(); ++i)
      path += "/" + (levels_[i].is_object ? levels_[i].key : std::to_string(levels_[i].array.size()));
    return path;
  }
  bool open(Level level) {
    if (levels_.size() >= 100) {
      problems.push_back({file_, place(), "nested more than 100 levels deep", ""});
      return false;
    }
    levels_.push_back(std::move(level));
    return true;
  }
  bool close() {
    Level level = std::move(levels_.back());
    levels_.pop_back();
    return add(level.is_object ? Json(std::move(level.object)) : Json(std::move(level.array)));
  }
  bool add(Json value) {
    if (levels_.empty())
      root = std::move(value);
    else if (Level& level = levels_.back(); level.is_object)
      level.object.push_back({std::move(level.key), std::move(value)});
    else
      level.array.push_back(std::move(value));
    return true;
  }

  std::string file_;
  std::vector<Level> levels_;
};

nlohmann::ordered_json to_library(const Json& value) {
  struct Visitor {
    nlohmann::ordered_json operator()(std::nullptr_t) const { return nullptr; }
    nlohmann::ordered_json operator()(bool item) const { return item; }
    nlohmann::ordered_json operator()(std::int64_t item) const { return item; }
    nlohmann::ordered_json operator()(double item) const { return item; }
    nlohmann::ordered_json operator()(const std::string& item) const { return item; }
    nlohmann::ordered_json operator()(const JsonArray& items) const {
      auto array = nlohmann::ordered_json::array();
      for (const Json& item : items) array.push_back(to_library(item));
      return array;
    }
    nlohmann::ordered_json operator()(const JsonObject& members) const {
      auto object = nlohmann::ordered_json::object();
      for (const JsonMember& member : members) object.push_back({member.key, to_library(member.value)});
      return object;
    }
  };
  return std::visit(Visitor{}, value.value());
}

std::optional<Complaint> any_text(std::string_view) { return std::nullopt; }

}  // namespace

Json::Json() : value_(nullptr) {}
Json::Json(std::nullptr_t) : value_(nullptr) {}
Json::Json(bool value) : value_(value) {}
Json::Json(std::int64_t value) : value_(value) {}
Json::Json(int value) : value_(static_cast<std::int64_t>(value)) {}
Json::Json(std::uint64_t value) : value_(static_cast<std::int64_t>(value)) {}
Json::Json(std::uint32_t value) : value_(static_cast<std::int64_t>(value)) {}
Json::Json(double value) : value_(value) {}
Json::Json(const char* value) : value_(std::string(value)) {}
Json::Json(std::string value) : value_(std::move(value)) {}
Json::Json(std::string_view value) : value_(std::string(value)) {}
Json::Json(JsonArray value) : value_(std::move(value)) {}
Json::Json(JsonObject value) : value_(std::move(value)) {}

const Json* Json::find(std::string_view key) const {
  const auto* members = get_if<JsonObject>();
  if (members == nullptr) return nullptr;
  const auto member = std::ranges::find(*members, key, &JsonMember::key);
  return member == members->end() ? nullptr : &member->value;
}

std::string_view Json::type_name() const {
  struct Visitor {
    std::string_view operator()(std::nullptr_t) const { return "null"; }
    std::string_view operator()(bool) const { return "true or false"; }
    std::string_view operator()(std::int64_t) const { return "a whole number"; }
    std::string_view operator()(double) const { return "a number"; }
    std::string_view operator()(const std::string&) const { return "a string"; }
    std::string_view operator()(const JsonArray&) const { return "a list"; }
    std::string_view operator()(const JsonObject&) const { return "an object"; }
  };
  return std::visit(Visitor{}, value_);
}

bool Json::operator==(const Json& other) const { return value_ == other.value_; }

Json json_array(const std::vector<std::string>& items) {
  return json_array(items, [](const std::string& item) { return item; });
}

tl::expected<Json, Diagnostics> parse_json(std::string_view text, std::string_view file) {
  Diagnostics problems;
  auto root = parse_json(text, file, problems);
  if (!root || !problems.empty()) return tl::unexpected(std::move(problems));
  return std::move(*root);
}

std::optional<Json> parse_json(std::string_view text, std::string_view file, Diagnostics& problems) {
  // In words of our own: the library's differ between its versions.
  if (trim(text).empty()) {
    problems.push_back({std::string(file), "line 1, column 1", "not valid JSON: the document is empty", ""});
    return std::nullopt;
  }
  TreeBuilder builder{file};
  const bool complete = nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  std::ranges::move(builder.problems, std::back_inserter(problems));
  if (!complete) return std::nullopt;
  return std::move(builder.root);
}

std::string format_json(const Json& value) {
  return to_library(value).dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

ObjectReader::ObjectReader(const Json& value, std::string file, std::string path, Diagnostics& problems)
    : object_(value.get_if<JsonObject>()), file_(std::move(file)), path_(std::move(path)), problems_(problems) {
  if (object_ != nullptr) return;
  problem("", fmt::format("expected an object, found {}", value.type_name()));
  muted_ = true;
}

const Json* ObjectReader::optional_member(std::string_view key) {
  known_.emplace_back(key);
  if (object_ == nullptr) return nullptr;
  const auto member = std::ranges::find(*object_, key, &JsonMember::key);
  return member == object_->end() ? nullptr : &member->value;
}

bool ObjectReader::has(std::string_view key) { return optional_member(key) != nullptr; }

const Json* ObjectReader::required(std::string_view key) {
  const Json* member = optional_member(key);
  if (member == nullptr) problem("", fmt::format("the field `{}` is missing", key));
  return member;
}

template <class T>
const T* ObjectReader::typed(std::string_view key, const Json* member, std::string_view expected) {
  if (member == nullptr) return nullptr;
  const T* value = member->get_if<T>();
  if (value == nullptr) problem(key, fmt::format("expected {}, found {}", expected, member->type_name()));
  return value;
}

std::string ObjectReader::text(std::string_view key) { return text(key, any_text); }

std::string ObjectReader::text(std::string_view key, const TextRule& rule) {
  const auto* value = typed<std::string>(key, required(key), "a string");
  if (value == nullptr) return {};
  apply(rule, key, *value);
  return *value;
}

bool ObjectReader::boolean(std::string_view key) {
  const auto* value = typed<bool>(key, required(key), "true or false");
  return value != nullptr && *value;
}

std::int64_t ObjectReader::integer(std::string_view key) {
  const auto* value = typed<std::int64_t>(key, required(key), "a whole number");
  return value != nullptr ? *value : 0;
}

const JsonArray* ObjectReader::array(std::string_view key) { return typed<JsonArray>(key, required(key), "a list"); }

const JsonObject* ObjectReader::free_object(std::string_view key) {
  return typed<JsonObject>(key, required(key), "an object");
}

std::vector<std::string> ObjectReader::texts(std::string_view key) { return texts(key, any_text); }

std::vector<std::string> ObjectReader::texts(std::string_view key, const TextRule& rule) {
  std::vector<std::string> values;
  const JsonArray* items = array(key);
  if (items == nullptr) return values;
  for (std::size_t i = 0; i < items->size(); ++i) {
    const std::string item = fmt::format("{}/{}", key, i);
    const auto* value = typed<std::string>(item, &(*items)[i], "a string");
    if (value == nullptr) continue;
    apply(rule, item, *value);
    values.push_back(*value);
  }
  return values;
}

std::optional<std::string> ObjectReader::nullable_text(std::string_view key) { return nullable_text(key, any_text); }

std::optional<std::string> ObjectReader::nullable_text(std::string_view key, const TextRule& rule) {
  const Json* member = required(key);
  if (member == nullptr || member->is_null()) return std::nullopt;
  const auto* value = typed<std::string>(key, member, "a string or null");
  if (value == nullptr) return std::nullopt;
  apply(rule, key, *value);
  return *value;
}

std::optional<bool> ObjectReader::nullable_boolean(std::string_view key) {
  const Json* member = required(key);
  if (member == nullptr || member->is_null()) return std::nullopt;
  const auto* value = typed<bool>(key, member, "true, false or null");
  return value != nullptr ? std::optional(*value) : std::nullopt;
}

std::optional<std::int64_t> ObjectReader::nullable_integer(std::string_view key) {
  const Json* member = required(key);
  if (member == nullptr || member->is_null()) return std::nullopt;
  const auto* value = typed<std::int64_t>(key, member, "a whole number or null");
  return value != nullptr ? std::optional(*value) : std::nullopt;
}

void ObjectReader::problem(std::string_view key, std::string message, std::string hint) {
  if (muted_) return;
  std::string place = key.empty() ? path_ : path_ + "/" + std::string(key);
  if (place.empty()) place = "/";
  problems_.push_back({file_, std::move(place), std::move(message), std::move(hint)});
}

void ObjectReader::apply(const TextRule& rule, std::string_view key, std::string_view text) {
  if (auto complaint = rule(text)) problem(key, std::move(complaint->message), std::move(complaint->hint));
}

void ObjectReader::finish() {
  if (object_ == nullptr || muted_) return;
  for (const JsonMember& member : *object_) {
    if (member.key.starts_with('$') || std::ranges::find(known_, member.key) != known_.end()) continue;
    const auto suggestion = did_you_mean(member.key, known_);
    problem(member.key, "unknown field", suggestion ? fmt::format("did you mean `{}`?", *suggestion) : "");
  }
}

}  // namespace nvprov
