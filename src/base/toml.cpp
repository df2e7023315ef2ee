#include "base/toml.hpp"

#include <fmt/format.h>

#include <cmath>
#include <sstream>

#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

namespace nvprov {
namespace {

Json json_of(const toml::node& node);

template <class T>
Json json_of_scalar(const T& value) {
  if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, bool> || std::is_same_v<T, std::int64_t>) {
    return value;
  } else if constexpr (std::is_same_v<T, double>) {
    return std::isfinite(value) ? Json(value) : Json(fmt::format("{}", value));
  } else {
    std::ostringstream text;
    text << value;
    return text.str();
  }
}

Json json_of_table(const toml::table& table) {
  JsonObject members;
  for (const auto& [key, value] : table) members.push_back({std::string(key.str()), json_of(value)});
  return members;
}

Json json_of(const toml::node& node) {
  if (const toml::table* table = node.as_table()) return json_of_table(*table);
  if (const toml::array* array = node.as_array()) {
    JsonArray items;
    for (const toml::node& item : *array) items.push_back(json_of(item));
    return items;
  }
  Json json;
  node.visit([&](const auto& value) {
    if constexpr (toml::is_value<decltype(value)>) json = json_of_scalar(value.get());
  });
  return json;
}

}  // namespace

Result<Json> parse_toml(std::string_view text) {
  const toml::parse_result result = toml::parse(text);
  if (result) return json_of_table(result.table());
  return fail(
      fmt::format("line {}: not valid TOML: {}", result.error().source().begin.line, result.error().description()));
}

}  // namespace nvprov
