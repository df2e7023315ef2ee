#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "packages/dnf.hpp"

namespace nvprov {
namespace {

constexpr std::array<std::string_view, 4> yes_words = {"1", "yes", "true", "on"};
constexpr std::array<std::string_view, 4> no_words = {"0", "no", "false", "off"};
constexpr std::array<std::string_view, 2> secret_keys = {"password", "proxy_password"};

bool is_comment(std::string_view line) { return line.starts_with('#') || line.starts_with(';'); }

// "[epel]" is "epel".
std::optional<std::string> section_of(std::string_view line) {
  const std::size_t close = line.find(']');
  if (!line.starts_with('[') || close == std::string_view::npos) return std::nullopt;
  return std::string(trim(line.substr(1, close - 1)));
}

std::string key_of(std::string_view line) {
  const std::size_t equals = line.find('=');
  return equals == std::string_view::npos ? std::string() : std::string(trim(line.substr(0, equals)));
}

// A list is separated by blanks, commas and line ends.
void append_uris(std::string value, std::vector<std::string>& uris) {
  for (const char* separator : {",", "\n"}) value = replace_all(std::move(value), separator, " ");
  for (std::string& uri : split_words(value)) uris.push_back(std::move(uri));
}

std::string value_of(const RepositoryEntry& entry, std::string_view key) {
  std::string value;
  for (const RepositoryOption& option : entry.options)
    if (option.name == key) value = option.value;  // dnf: the last one counts
  return value;
}

// What is wrong with the section, if anything.
std::optional<std::string> complete(RepositoryEntry& entry) {
  for (const char* key : {"baseurl", "metalink", "mirrorlist"}) append_uris(value_of(entry, key), entry.uris);
  const std::string enabled = lower(value_of(entry, "enabled"));
  const bool is_no = std::ranges::find(no_words, enabled) != no_words.end();
  entry.enabled = !is_no;
  for (RepositoryOption& option : entry.options)
    if (std::ranges::find(secret_keys, option.name) != secret_keys.end()) option.value = "***";
  if (!enabled.empty() && !is_no && std::ranges::find(yes_words, enabled) == yes_words.end())
    return fmt::format("repository {}: enabled={} is neither yes nor no", entry.id, enabled);
  if (entry.uris.empty()) return fmt::format("repository {} has neither baseurl nor metalink nor mirrorlist", entry.id);
  return std::nullopt;
}

// Reads line after line; a section ends where the next begins.
class RepoReader {
 public:
  RepoReader(const std::string& file, Diagnostics& problems) : file_(file), problems_(problems) {}

  void take(std::string_view line) {
    ++number_;
    if (line.ends_with('\r')) line.remove_suffix(1);
    const bool goes_on = line.starts_with(' ') || line.starts_with('\t');
    if (trim(line).empty() || is_comment(line)) return;
    if (goes_on) return take_continuation(trim(line));
    if (const auto section = section_of(line)) return start(*section);
    take_key(line);
  }

  std::vector<RepositoryEntry> finish() {
    end();
    return std::move(entries_);
  }

 private:
  void problem(int line, std::string message) {
    problems_.push_back({file_, fmt::format("line {}", line), std::move(message), {}});
  }

  void end() {
    // [main] has dnf's own settings and is no repository.
    if (inside_ && entry_.id != "main") {
      if (auto wrong = complete(entry_)) problem(entry_.line, *wrong);
      if (!entry_.uris.empty()) entries_.push_back(std::move(entry_));
    }
    entry_ = RepositoryEntry{};
  }

  void start(const std::string& id) {
    end();
    inside_ = true;
    entry_.file = file_;
    entry_.line = number_;
    entry_.format = "repo";
    entry_.types = {"rpm"};
    entry_.id = id;
    if (id.empty()) problem(number_, "a section has no name");
  }

  void take_key(std::string_view line) {
    const std::string key = key_of(line);
    if (key.empty()) return problem(number_, "neither a [section], a key=value nor a comment");
    if (!inside_) return problem(number_, fmt::format("{} stands before the first [section]", key));
    entry_.options.push_back({lower(key), std::string(trim(line.substr(line.find('=') + 1)))});
  }

  void take_continuation(std::string_view text) {
    if (entry_.options.empty()) return problem(number_, "an indented line goes on with no key");
    std::string& value = entry_.options.back().value;
    value += value.empty() ? std::string(text) : fmt::format("\n{}", text);
  }

  const std::string& file_;
  Diagnostics& problems_;
  std::vector<RepositoryEntry> entries_;
  RepositoryEntry entry_;
  bool inside_ = false;
  int number_ = 0;
};

std::string switched_on(std::string_view line) {
  const std::size_t equals = line.find('=');
  const std::string_view end = line.ends_with('\r') ? "\r" : "";
  return fmt::format("{}1{}", line.substr(0, equals + 1), end);
}

}  // namespace

std::vector<RepositoryEntry> parse_repo_file(std::string_view text, const std::string& file, Diagnostics& problems) {
  RepoReader reader(file, problems);
  for (const std::string_view line : split_lines(text)) reader.take(line);
  return reader.finish();
}

std::string render_repo_file(const RepoFile& repository) {
  std::vector<std::string> keys;
  for (const std::string& path : repository.key_paths) keys.push_back("file://" + path);
  std::string text =
      fmt::format("[{}]\nname={}\nbaseurl={}\nenabled=1\n", repository.id, repository.name, repository.baseurl);
  text += fmt::format("gpgcheck={:d}\nrepo_gpgcheck={:d}\n", repository.packages_signed, repository.metadata_signed);
  if (!keys.empty()) text += fmt::format("gpgkey={}\n", join(keys, " "));
  if (repository.ca_path) text += fmt::format("sslcacert={}\n", *repository.ca_path);
  if (repository.proxy) text += fmt::format("proxy={}\n", *repository.proxy);
  // Without it dnf goes on, and succeeds, when the metadata's signature does not hold.
  text += "skip_if_unavailable=0\n";
  if (repository.module_hotfixes) text += "module_hotfixes=1\n";
  return text;
}

std::optional<std::string> enable_repository(std::string_view text, std::string_view id) {
  std::string result;
  bool found = false;
  bool inside = false;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    const std::string_view line_end = end == std::string_view::npos ? "" : "\n";
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const auto section = section_of(line);
    if (section) inside = *section == id;
    found = found || inside;
    const bool is_enabled_line = inside && !section && !is_comment(line) && lower(key_of(line)) == "enabled" &&
                                 !line.starts_with(' ') && !line.starts_with('\t');
    result += is_enabled_line ? switched_on(line) : std::string(line);
    result += line_end;
  }
  if (!found) return std::nullopt;
  return result;  // a section without the key is on already
}

}  // namespace nvprov
