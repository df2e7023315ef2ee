#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "packages/apt.hpp"
#include "packages/source_options.hpp"

namespace nvprov {
namespace {

constexpr std::string_view blanks = " \t";

// A `#` inside [brackets] belongs to an option or the name of a disc; elsewhere it starts a comment (apt does the
// same).
std::string_view without_comment(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '#') return line.substr(0, i);
    if (line[i] == '[') {
      const std::size_t close = line.find(']', i);
      if (close != std::string_view::npos) i = close;
    }
  }
  return line;
}

// Takes the first word off; blanks inside [brackets] are part of it: "cdrom:[Debian 12 _Bookworm_]/".
std::string_view take_word(std::string_view& rest) {
  rest = trim(rest);
  std::size_t end = 0;
  for (bool in_brackets = false; end < rest.size(); ++end) {
    if (rest[end] == '[') in_brackets = true;
    if (rest[end] == ']') in_brackets = false;
    if (!in_brackets && blanks.find(rest[end]) != std::string_view::npos) break;
  }
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(end);
  return word;
}

std::optional<std::string> parse_options(std::string_view text, std::vector<RepositoryOption>& options) {
  for (const std::string& word : split_words(text)) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0) return fmt::format("option {} has no value", word);
    options.push_back({lower(word.substr(0, equals)), word.substr(equals + 1)});
  }
  return std::nullopt;
}

// Takes "[...]" off; what is wrong with it, if anything.
std::optional<std::string> take_options(std::string_view& rest, std::vector<RepositoryOption>& options) {
  rest = trim(rest);
  if (!rest.starts_with('[')) return std::nullopt;
  const std::size_t close = rest.find(']');
  if (close == std::string_view::npos) return "the options have no closing bracket";
  const std::string_view inside = rest.substr(1, close - 1);
  rest.remove_prefix(close + 1);
  return parse_options(inside, options);
}

// What is wrong with URI, suite and components, if anything.
std::optional<std::string> read_place(std::string_view rest, RepositoryEntry& entry) {
  const std::string uri(take_word(rest));
  const std::string suite(take_word(rest));
  entry.components = split_words(rest);
  if (uri.empty() || suite.empty()) return "an entry needs a URI and a suite";
  if (suite.ends_with('/') && !entry.components.empty()) return "a suite that ends in a slash takes no components";
  if (!suite.ends_with('/') && entry.components.empty()) return "an entry needs a component after its suite";
  entry.uris = {uri};
  entry.suites = {suite};
  return std::nullopt;
}

std::optional<std::string> read_entry(std::string_view line, RepositoryEntry& entry) {
  const std::string type(take_word(line));
  if (type != "deb" && type != "deb-src") return fmt::format("type {} is not known, only deb and deb-src", type);
  entry.types = {type};
  if (auto problem = take_options(line, entry.options)) return problem;
  return read_place(line, entry);
}

std::string bracketed_options(const std::vector<RepositoryOption>& options) {
  std::vector<std::string> words;
  for (const RepositoryOption& option : options) {
    const RepositoryOption here = one_line_option(option);
    words.push_back(here.name + "=" + here.value);
  }
  return words.empty() ? std::string() : fmt::format("[{}] ", join(words, " "));
}

std::string render_entry(const RepositoryEntry& entry) {
  std::string text;
  for (const std::string& type : entry.types)
    for (const std::string& uri : entry.uris)
      for (const std::string& suite : entry.suites) {
        const std::string components = entry.components.empty() ? "" : " " + join(entry.components, " ");
        text += fmt::format("{}{} {}{} {}{}\n", entry.enabled ? "" : "# ", type, bracketed_options(entry.options), uri,
                            suite, components);
      }
  return text;
}

}  // namespace

std::vector<RepositoryEntry> parse_one_line_sources(std::string_view text, const std::string& file,
                                                    Diagnostics& problems) {
  std::vector<RepositoryEntry> entries;
  int number = 0;
  for (const std::string_view line : split_lines(text)) {
    ++number;
    const std::string_view statement = trim(without_comment(line));
    if (statement.empty()) continue;
    RepositoryEntry entry;
    entry.file = file;
    entry.line = number;
    entry.format = "one-line";
    if (auto problem = read_entry(statement, entry)) {
      problems.push_back({file, fmt::format("line {}", number), *problem, {}});
    } else {
      entries.push_back(std::move(entry));
    }
  }
  return entries;
}

std::string render_one_line_sources(const std::vector<RepositoryEntry>& entries) {
  std::string text;
  for (const RepositoryEntry& entry : entries)
    if (std::ranges::none_of(entry.options, is_embedded_key)) text += render_entry(entry);
  return text;
}

}  // namespace nvprov
