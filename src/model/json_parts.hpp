#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "base/json.hpp"
#include "base/text.hpp"
#include "model/journal.hpp"
#include "model/plan.hpp"
#include "model/words.hpp"

namespace nvprov {

// The JSON of the values a plan and a journal are made of, and what reads them; each pair is the other's inverse.

Json request_to_json(const Request& request);
Request read_request(ObjectReader& reader);
Json sources_to_json(const std::vector<Source>& sources);
std::vector<Source> read_sources(ObjectReader& reader);  // the member "sources"
Json conflict_to_json(const Conflict& conflict);
Conflict read_conflict(ObjectReader& reader);
Json notice_to_json(const Notice& notice);
Notice read_notice(ObjectReader& reader);
Json reason_to_json(const Reason& reason);
Json resolution_to_json(const Resolution& resolution);
Resolution read_resolution(ObjectReader& reader);
Json package_request_to_json(const PackageRequest& package);
PackageRequest read_package_request(ObjectReader& reader);
Json step_to_json(const Step& step);
Step read_step(ObjectReader& reader);
// The members of a closure, without a schema.
JsonObject closure_members(const Closure& closure);
Closure read_closure(ObjectReader& reader);

// An enumerator, by its word.
template <class Enumeration>
Enumeration read_word(ObjectReader& reader, std::string_view key) {
  const std::string word = reader.text(key);
  const Json* member = reader.optional_member(key);
  if (member == nullptr || member->get_if<std::string>() == nullptr) return {};  // noted by text()
  if (const auto value = from_word<Enumeration>(word)) return *value;
  const auto meant = did_you_mean(word, all_words<Enumeration>());
  reader.problem(key, fmt::format("unknown word `{}`", word), meant ? fmt::format("did you mean `{}`?", *meant) : "");
  return {};
}
template <class Enumeration>
std::optional<Enumeration> read_nullable_word(ObjectReader& reader, std::string_view key) {
  if (!reader.nullable_text(key)) return std::nullopt;
  return read_word<Enumeration>(reader, key);
}
template <class Enumeration>
Json nullable_word(const std::optional<Enumeration>& value) {
  return value ? Json(to_word(*value)) : Json(nullptr);
}

// A number of bytes, or the like: 0 or more.
std::uint64_t read_count(ObjectReader& reader, std::string_view key);
std::optional<std::uint64_t> read_nullable_count(ObjectReader& reader, std::string_view key);

// Permission bits as people write them: "0644".
std::string mode_to_text(std::uint32_t mode);
std::uint32_t read_mode(ObjectReader& reader, std::string_view key);

// The document, if it is JSON of this schema; a newer version of the schema is told apart from another kind of file.
tl::expected<Json, Diagnostics> parse_document(std::string_view text, std::string_view file, std::string_view schema);

// Reads a whole document of one schema with `read(ObjectReader&)`; all problems at once.
template <class Read>
auto read_document(std::string_view text, std::string_view file, std::string_view schema, Read read)
    -> tl::expected<decltype(read(std::declval<ObjectReader&>())), Diagnostics> {
  const auto document = parse_document(text, file, schema);
  if (!document) return tl::unexpected(document.error());
  Diagnostics problems;
  ObjectReader reader(*document, std::string(file), "", problems);
  reader.text("schema");
  auto value = read(reader);
  reader.finish();
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return value;
}

}  // namespace nvprov
