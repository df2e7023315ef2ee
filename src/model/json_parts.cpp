#include "model/json_parts.hpp"

namespace nvprov {
namespace {

std::uint64_t not_negative(ObjectReader& reader, std::string_view key, std::int64_t number) {
  if (number < 0) reader.problem(key, fmt::format("expected a number of 0 or more, found {}", number));
  return number < 0 ? 0 : static_cast<std::uint64_t>(number);
}

Diagnostic schema_problem(std::string_view file, std::string_view found, std::string_view schema) {
  const std::string_view kind = schema.substr(0, schema.find('/') + 1);
  const std::string_view version = schema.substr(kind.size());
  const auto number = found.starts_with(kind) ? parse_number(found.substr(kind.size())) : std::nullopt;
  if (number && *number > parse_number(version).value_or(0))
    return {std::string(file), "/schema",
            fmt::format("written by a newer nvprov: the schema is `{}`, this nvprov reads `{}`", found, schema),
            "use the nvprov that wrote it, or write it again with this one"};
  return {std::string(file), "/schema", fmt::format("expected the schema `{}`, found `{}`", schema, found), ""};
}

}  // namespace

std::uint64_t read_count(ObjectReader& reader, std::string_view key) {
  return not_negative(reader, key, reader.integer(key));
}

std::optional<std::uint64_t> read_nullable_count(ObjectReader& reader, std::string_view key) {
  const auto number = reader.nullable_integer(key);
  if (!number) return std::nullopt;
  return not_negative(reader, key, *number);
}

std::string mode_to_text(std::uint32_t mode) { return fmt::format("{:04o}", mode); }

std::uint32_t read_mode(ObjectReader& reader, std::string_view key) {
  const std::string text = reader.text(key);
  std::uint32_t mode = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '7') mode = 010000;
    mode = mode * 8 + static_cast<std::uint32_t>(digit - '0');
    if (mode > 07777) break;
  }
  if (!text.empty() && mode <= 07777) return mode;
  const Json* member = reader.optional_member(key);
  if (member != nullptr && member->get_if<std::string>() != nullptr)  // otherwise noted by text()
    reader.problem(key, fmt::format("expected octal permission bits such as `0644`, found `{}`", text));
  return 0;
}

tl::expected<Json, Diagnostics> parse_document(std::string_view text, std::string_view file, std::string_view schema) {
  auto document = parse_json(text, file);
  if (!document) return document;
  Diagnostics problems;
  ObjectReader reader(*document, std::string(file), "", problems);
  const std::string found = reader.text("schema");
  if (problems.empty() && found != schema) problems.push_back(schema_problem(file, found, schema));
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return document;
}

}  // namespace nvprov
