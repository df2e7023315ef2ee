#include "packages/deb822.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace nvprov {
namespace {

struct StanzaReader {
  const std::string& file;
  Diagnostics& problems;
  std::vector<Deb822Stanza> stanzas;
  bool in_stanza = false;
  int line = 0;

  void problem(std::string message) {
    problems.push_back({file, fmt::format("line {}", line), std::move(message), {}});
  }
};

void read_continuation(StanzaReader& reader, std::string_view text) {
  if (!reader.in_stanza) return reader.problem("a continuation line without a field above it");
  std::string& value = reader.stanzas.back().fields.back().value;
  value += '\n';
  value += text;
}

void read_field(StanzaReader& reader, std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0) return reader.problem("neither a field nor a comment");
  const std::string name(trim(text.substr(0, colon)));
  if (!reader.in_stanza) reader.stanzas.push_back({reader.line, {}});
  reader.in_stanza = true;
  if (find_field(reader.stanzas.back(), name) != nullptr)
    return reader.problem(fmt::format("field {} stands twice in one stanza", name));
  reader.stanzas.back().fields.push_back({name, std::string(trim(text.substr(colon + 1))), reader.line});
}

void read_line(StanzaReader& reader, std::string_view text) {
  if (text.starts_with('#')) return;
  if (trim(text).empty()) {
    reader.in_stanza = false;
  } else if (text.front() == ' ' || text.front() == '\t') {
    read_continuation(reader, text);
  } else {
    read_field(reader, text);
  }
}

}  // namespace

std::vector<Deb822Stanza> parse_deb822(std::string_view text, const std::string& file, Diagnostics& problems) {
  StanzaReader reader{file, problems, {}};
  for (const std::string_view line : split_lines(text)) {
    ++reader.line;
    read_line(reader, line);
  }
  return std::move(reader.stanzas);
}

const Deb822Field* find_field(const Deb822Stanza& stanza, std::string_view name) {
  const std::string wanted = lower(name);
  const auto field = std::ranges::find_if(stanza.fields, [&](const auto& each) { return lower(each.name) == wanted; });
  return field == stanza.fields.end() ? nullptr : &*field;
}

std::string field_value(const Deb822Stanza& stanza, std::string_view name) {
  const Deb822Field* field = find_field(stanza, name);
  return field == nullptr ? std::string() : field->value;
}

}  // namespace nvprov
