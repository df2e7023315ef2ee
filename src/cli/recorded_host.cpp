#include "cli/recorded_host.hpp"

#include <utility>

#include "base/text.hpp"

namespace nvprov {
namespace {

constexpr std::string_view facts_key = "facts";
constexpr std::string_view line_one = "line 1, ";

// A document of one line has no second one, and its line has a number of its own.
Diagnostics without_line_one(Diagnostics problems) {
  for (Diagnostic& problem : problems)
    if (problem.place.starts_with(line_one)) problem.place.erase(0, line_one.size());
  return problems;
}

std::optional<Complaint> a_host_name(std::string_view text) {
  if (!trim(text).empty()) return std::nullopt;
  return Complaint{"a host needs a name", "leave `host` out where it has none"};
}

bool is_wrapper(const Json& json) { return json.find(facts_key) != nullptr && json.find("schema") == nullptr; }

tl::expected<RecordedHost, Diagnostics> unwrapped(const Json& json, const FactsDocument& document) {
  Diagnostics problems;
  ObjectReader reader(json, document.file, "", problems);
  std::string name = reader.has("host") ? reader.text("host", a_host_name) : document.name;
  const Json* facts = reader.optional_member(facts_key);
  reader.finish();
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return RecordedHost{.name = std::move(name), .facts = *facts, .path = "/" + std::string(facts_key)};
}

}  // namespace

tl::expected<RecordedHost, Diagnostics> recorded_host(FactsDocument document) {
  if (!document.text) {
    const Error& error = document.text.error();
    return tl::unexpected(Diagnostics{{.file = document.file, .place = {}, .message = error.message, .hint = {}}});
  }
  auto json = parse_json(*document.text, document.file);
  if (!json) return tl::unexpected(document.may_name_host ? without_line_one(json.error()) : json.error());
  if (document.may_name_host && is_wrapper(*json)) return unwrapped(*json, document);
  return RecordedHost{.name = std::move(document.name), .facts = std::move(*json), .path = {}};
}

}  // namespace nvprov
