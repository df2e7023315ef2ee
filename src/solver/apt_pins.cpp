#include "solver/apt_pins.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <regex>

#include "base/text.hpp"
#include "packages/apt.hpp"

namespace nvprov {
namespace {

constexpr int forced = 1000;  // from here on a downgrade is taken
constexpr int of_default_release = 990;
constexpr int usual = 500;
constexpr int of_installed = 100;
constexpr int of_automatic_upgrades = 100;
constexpr int of_not_automatic = 1;

bool matches_regex(const std::string& expression, const std::string& text) {
  try {
    return std::regex_search(text, std::regex(expression, std::regex::extended | std::regex::icase));
  } catch (const std::regex_error&) {
    return false;
  }
}

// "/expression/", or a word with the wildcards of a shell.
bool matches(const std::string& pattern, const std::string& text) {
  if (pattern.size() > 1 && pattern.starts_with('/') && pattern.ends_with('/'))
    return matches_regex(pattern.substr(1, pattern.size() - 2), text);
  return pattern == text || ::fnmatch(pattern.c_str(), text.c_str(), FNM_CASEFOLD) == 0;
}

// "libc6:amd64" means the package of that architecture; which one it is, apt's own candidates show.
bool is_named(const std::vector<std::string>& names, std::string_view name) {
  const std::string text(name);
  return std::ranges::any_of(names, [&](const std::string& each) {
    const bool is_regex = each.starts_with('/');
    return matches(is_regex ? each : each.substr(0, each.find(':')), text);
  });
}

std::string unquoted(std::string_view text) {
  text = trim(text);
  if (text.size() > 1 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  return std::string(text);
}

const std::string& property(const SuiteFacts& suite, char key) {
  static const std::string unknown;
  switch (key) {
    case 'a': return suite.suite;
    case 'n': return suite.codename;
    case 'c': return suite.component;
    case 'l': return suite.label;
    case 'o': return suite.origin;
    case 'b': return suite.architecture;
    case 'v': return suite.version;
  }
  return unknown;
}

// "bookworm", "oldstable", "12*" without a key.
bool is_release_word(const std::string& word, const SuiteFacts& suite) {
  if (is_digit(word.front())) return matches(word, suite.version);
  return matches(word, suite.suite) || matches(word, suite.codename);
}

// "a=stable,o=Debian": every part must hold.
bool is_release(const std::string& value, const SuiteFacts& suite) {
  const std::vector<std::string> parts = split(value, ',');
  return std::ranges::all_of(parts, [&](const std::string& part) {
    const std::string word(trim(part));
    if (word.empty()) return true;
    if (word.size() < 2 || word[1] != '=') return is_release_word(word, suite);
    const std::string wanted = unquoted(std::string_view(word).substr(2));
    if (word[0] == 'a') return matches(wanted, suite.suite);
    return matches(wanted, property(suite, word[0]));
  });
}

std::optional<int> number(std::string_view text) {
  text = trim(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

AptPins::AptPins(std::vector<PackagePin> pins, std::string default_release)
    : default_release_(std::move(default_release)) {
  for (const PackagePin& pin : pins) {
    const auto priority = number(pin.priority);
    const std::string_view text = trim(pin.pin);
    const std::size_t blank = std::min(text.find_first_of(" \t"), text.size());
    if (!priority) continue;
    Pin read{split_words(pin.packages), lower(text.substr(0, blank)), unquoted(text.substr(blank)), *priority};
    (read.names == std::vector<std::string>{"*"} ? general_ : specific_).push_back(std::move(read));
  }
}

bool AptPins::is_meant(const Pin& pin, const DebVersion& version) const {
  if (pin.kind == "version") return matches(pin.value, std::string(version.version));
  const auto of_suite = [&](const SuiteFacts* suite) {
    if (pin.kind == "release") return is_release(pin.value, *suite);
    return pin.kind == "origin" && matches(pin.value, suite->site);
  };
  return std::ranges::any_of(version.suites, of_suite);
}

int AptPins::suite_priority(const SuiteFacts& suite) const {
  const DebVersion anything{.version = {}, .suites = {&suite}, .installed = false};
  for (const Pin& pin : general_)
    if (pin.kind != "version" && is_meant(pin, anything)) return pin.priority;
  if (!default_release_.empty() && is_release(default_release_, suite)) return of_default_release;
  if (!suite.not_automatic) return usual;
  return suite.but_automatic_upgrades ? of_automatic_upgrades : of_not_automatic;
}

int AptPins::priority(std::string_view name, const DebVersion& version) const {
  for (const Pin& pin : specific_)
    if (is_named(pin.names, name) && is_meant(pin, version)) return pin.priority;
  int best = version.installed ? of_installed : -1;
  for (const SuiteFacts* suite : version.suites) best = std::max(best, suite_priority(*suite));
  return best;
}

const DebVersion* AptPins::candidate(std::string_view name, std::span<const DebVersion> versions) const {
  const auto installed = std::ranges::find_if(versions, &DebVersion::installed);
  const DebVersion* best = nullptr;
  int best_priority = 0;
  for (const DebVersion& each : versions) {
    const int own = priority(name, each);
    if (own <= best_priority) continue;
    const bool is_older = installed != versions.end() && compare_deb_versions(each.version, installed->version) < 0;
    if (is_older && own < forced) continue;
    best = &each;
    best_priority = own;
  }
  return best;
}

}  // namespace nvprov
