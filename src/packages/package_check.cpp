#include "packages/package_check.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.hpp"

namespace nvprov {
namespace {

// Where dpkg's path-exclude and rpm's %_excludedocs leave files out.
constexpr std::array<std::string_view, 5> left_out_folders = {"/usr/share/doc/", "/usr/share/man/", "/usr/share/info/",
                                                              "/usr/share/locale/", "/usr/share/lintian/"};

bool may_be_left_out(std::string_view path) {
  return std::ranges::any_of(left_out_folders, [&](std::string_view folder) { return path.starts_with(folder); });
}

// "S.5....T.  c /etc/file", "??5??????   /usr/lib/file", "missing     /usr/lib/file": nine places, of which the third
// is the content's, and before the path a letter for what kind of file it is.
std::optional<AlteredFile> parse_check_line(std::string_view line) {
  constexpr std::size_t content_place = 2;
  const std::size_t path = line.find(" /");
  if (path == std::string_view::npos) return std::nullopt;
  const std::string head(line.substr(0, path));
  const std::vector<std::string> words = split_words(head);
  if (words.empty()) return std::nullopt;
  const bool is_missing = words.front() == "missing";
  const bool differs = words.front().size() > content_place && words.front()[content_place] == '5';
  const bool is_special = words.size() > 1;  // c configuration, d documentation, g ghost, l licence, r read me
  if (is_special || !(is_missing || differs)) return std::nullopt;
  std::string name(trim(line.substr(path + 1)));
  if (const std::size_t why = name.find(" ("); is_missing && why != std::string::npos) name.resize(why);
  return AlteredFile{.path = std::move(name), .is_missing = is_missing};
}

}  // namespace

std::vector<std::string> package_check_argv(const std::vector<InstalledPackage>& packages,
                                            const std::string& database) {
  const bool is_rpm = !database.empty();
  std::vector<std::string> argv = {"dpkg", "--verify"};
  // Neither what packages need nor scripts of theirs: files alone.
  if (is_rpm) argv = {"rpm", "--dbpath", database, "--verify", "--nodeps", "--noscripts"};
  for (const InstalledPackage& package : packages)
    argv.push_back(package.name + (is_rpm ? "." : ":") + package.architecture);
  return argv;
}

std::vector<AlteredFile> parse_package_check(std::string_view output) {
  std::vector<AlteredFile> files;
  for (const std::string& line : split(output, '\n'))
    if (auto file = parse_check_line(line); file && !may_be_left_out(file->path)) files.push_back(std::move(*file));
  return files;
}

}  // namespace nvprov
