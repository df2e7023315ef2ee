#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "packages/apt.hpp"
#include "packages/deb822.hpp"
#include "packages/source_options.hpp"

namespace nvprov {
namespace {

constexpr std::array<std::string_view, 5> place_fields = {"types", "uris", "suites", "components", "enabled"};

// apt's own idea of "no" (apt-pkg/contrib/strutl.cc, StringToBool); anything else leaves the entry enabled.
bool is_no(std::string_view text) {
  constexpr std::array<std::string_view, 6> words = {"no", "false", "without", "off", "disable", "0"};
  return std::ranges::find(words, lower(trim(text))) != words.end();
}

std::optional<std::string> problem_of(const RepositoryEntry& entry) {
  const auto is_flat = [](const std::string& suite) { return suite.ends_with('/'); };
  for (const std::string& type : entry.types)
    if (type != "deb" && type != "deb-src") return fmt::format("type {} is not known, only deb and deb-src", type);
  if (entry.types.empty()) return "the stanza has no field Types";
  if (entry.uris.empty()) return "the stanza has no field URIs";
  if (entry.suites.empty()) return "the stanza has no field Suites";
  const bool flat = std::ranges::any_of(entry.suites, is_flat);
  if (flat && !entry.components.empty()) return "a suite that ends in a slash takes no components";
  if (!std::ranges::all_of(entry.suites, is_flat) && entry.components.empty())
    return "the stanza has no field Components";
  return std::nullopt;
}

RepositoryEntry entry_of(const Deb822Stanza& stanza, const std::string& file) {
  RepositoryEntry entry;
  entry.file = file;
  entry.line = stanza.line;
  entry.format = "deb822";
  entry.enabled = !is_no(field_value(stanza, "enabled"));
  entry.types = split_words(field_value(stanza, "types"));
  entry.uris = split_words(field_value(stanza, "uris"));
  entry.suites = split_words(field_value(stanza, "suites"));
  entry.components = split_words(field_value(stanza, "components"));
  for (const Deb822Field& field : stanza.fields)
    if (std::ranges::find(place_fields, lower(field.name)) == place_fields.end())
      entry.options.push_back({lower(field.name), field.value});
  return entry;
}

std::string field(std::string_view name, std::string_view value) {
  if (value.empty()) return {};
  return fmt::format("{}:{}{}\n", name, value.starts_with('\n') ? "" : " ", value);
}

std::string render_stanza(const RepositoryEntry& entry) {
  std::string text = entry.enabled ? "" : "Enabled: no\n";
  text += field("Types", join(entry.types, " "));
  text += field("URIs", join(entry.uris, " "));
  text += field("Suites", join(entry.suites, " "));
  text += field("Components", join(entry.components, " "));
  for (const RepositoryOption& option : entry.options) {
    const RepositoryOption here = deb822_option(option);
    text += field(here.name, here.value);
  }
  return text;
}

}  // namespace

std::vector<RepositoryEntry> parse_deb822_sources(std::string_view text, const std::string& file,
                                                  Diagnostics& problems) {
  std::vector<RepositoryEntry> entries;
  for (const Deb822Stanza& stanza : parse_deb822(text, file, problems)) {
    RepositoryEntry entry = entry_of(stanza, file);
    // apt does not look into a disabled stanza, so neither is its content a problem.
    const auto problem = entry.enabled ? problem_of(entry) : std::nullopt;
    if (problem) {
      problems.push_back({file, fmt::format("line {}", stanza.line), *problem, {}});
    } else {
      entries.push_back(std::move(entry));
    }
  }
  return entries;
}

std::string render_deb822_sources(const std::vector<RepositoryEntry>& entries) {
  std::vector<std::string> stanzas;
  for (const RepositoryEntry& entry : entries) stanzas.push_back(render_stanza(entry));
  return join(stanzas, "\n");
}

}  // namespace nvprov
