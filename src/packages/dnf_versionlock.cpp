#include <fmt/format.h>
#include <fnmatch.h>

#include "base/text.hpp"
#include "packages/dnf.hpp"

namespace nvprov {
namespace {

constexpr std::string_view begin_mark = "# nvprov begin";
constexpr std::string_view end_mark = "# nvprov end";
constexpr std::string_view toml_head = "version = \"1.0\"\n";

bool matches(const std::string& pattern, const std::string& text) {
  return ::fnmatch(pattern.c_str(), text.c_str(), 0) == 0;
}

std::string with_epoch(const std::string& version) { return contains(version, ":") ? version : "0:" + version; }

// dnf 4: name, epoch and all, any architecture.
std::string list_lines(const VersionLock& lock) {
  std::string text;
  for (const std::string& package : lock.packages) text += fmt::format("{}-{}.*\n", package, with_epoch(lock.version));
  return text;
}

// "3:580.126.09-1.el9" compared as a whole; dnf 5 has no globs, so "3:580.*" is from 3:580 to before 3:581.
std::string toml_conditions(const std::string& version) {
  const auto condition = [](std::string_view comparator, const std::string& value) {
    return fmt::format("[[packages.conditions]]\nkey = \"evr\"\ncomparator = \"{}\"\nvalue = \"{}\"\n", comparator,
                       value);
  };
  const std::string whole = with_epoch(version);
  if (!whole.ends_with(".*")) return condition("=", whole);
  const std::string stem = whole.substr(0, whole.size() - 2);
  const std::size_t digits = stem.find_last_not_of("0123456789") + 1;
  const auto branch = parse_number(stem.substr(digits));
  if (!branch) return condition("=", whole);
  return condition(">=", stem) + condition("<", fmt::format("{}{}", stem.substr(0, digits), *branch + 1));
}

std::string toml_lines(const VersionLock& lock, const std::string& purpose) {
  std::string text;
  for (const std::string& package : lock.packages)
    text += fmt::format("[[packages]]\nname = \"{}\"\ncomment = \"{}\"\n{}", package, purpose,
                        toml_conditions(lock.version));
  return text;
}

struct PartedLines {
  std::string ours;
  std::string others;
};

PartedLines part_owners(std::string_view text) {
  PartedLines parts;
  bool is_ours = false;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end == std::string_view::npos ? text.size() : end + 1);
    text.remove_prefix(line.size());
    if (trim(line).starts_with(begin_mark)) is_ours = true;
    (is_ours ? parts.ours : parts.others) += line;
    if (trim(line) == end_mark) is_ours = false;
  }
  return parts;
}

}  // namespace

bool is_named_by_pattern(const std::string& pattern, std::string_view name, std::string_view version,
                         std::string_view architecture) {
  const std::string whole = with_epoch(std::string(version));
  const std::string bare = whole.substr(whole.find(':') + 1);
  const std::string upstream = bare.substr(0, bare.rfind('-'));
  for (const std::string& evr : {std::string(), "-" + upstream, "-" + bare, "-" + whole}) {
    const std::string text = fmt::format("{}{}", name, evr);
    if (matches(pattern, text)) return true;
    if (evr != "-" + upstream && matches(pattern, fmt::format("{}.{}", text, architecture))) return true;
  }
  return false;
}

std::string versionlock_path(DnfGeneration generation) {
  return generation == DnfGeneration::dnf5 ? "/etc/dnf/versionlock.toml" : "/etc/dnf/plugins/versionlock.list";
}

std::string without_our_versionlock(std::string_view text) {
  std::string kept = part_owners(text).others;
  return kept == toml_head ? std::string() : kept;
}

std::string our_versionlock(std::string_view text) { return part_owners(text).ours; }

std::string merge_versionlock(std::string_view text, DnfGeneration generation, const std::vector<VersionLock>& locks,
                              const std::string& purpose) {
  std::string merged = without_our_versionlock(text);
  if (!merged.empty() && !merged.ends_with('\n')) merged += '\n';
  const bool toml = generation == DnfGeneration::dnf5;
  if (toml && merged.empty()) merged = toml_head;
  std::string lines;
  for (const VersionLock& lock : locks) lines += toml ? toml_lines(lock, purpose) : list_lines(lock);
  return fmt::format("{}{}: {}\n{}{}\n", merged, begin_mark, purpose, lines, end_mark);
}

std::vector<std::string> versionlock_undo_argv(const std::string& path) {
  return {"sed", "-i", fmt::format("/^{}/,/^{}$/d", begin_mark, end_mark), path};
}

bool is_version_locked(std::string_view text, DnfGeneration generation, const InstalledPackage& package) {
  for (const std::string_view whole : split_lines(text)) {
    const std::string line(trim(whole.substr(0, whole.find('#'))));
    if (line.empty()) continue;
    // "!" excludes a version; it keeps nothing where it is.
    if (generation == DnfGeneration::dnf4 && !line.starts_with('!') &&
        is_named_by_pattern(line, package.name, package.version, package.architecture))
      return true;
    if (generation == DnfGeneration::dnf5 &&
        join(split_words(replace_all(line, "=", " = ")), " ") == fmt::format("name = \"{}\"", package.name))
      return true;
  }
  return false;
}

}  // namespace nvprov
