#include "detect/dpkg_status.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "detect/stanzas.hpp"

namespace nvprov {
namespace {

constexpr const char* status_file = "/var/lib/dpkg/status";
constexpr const char* states_file = "/var/lib/apt/extended_states";

// "hold ok installed": what is wanted, whether there is an error, what is.
bool take_status(std::string_view value, InstalledPackage& package) {
  const std::size_t first = value.find(' ');
  const std::size_t last = value.rfind(' ');
  if (first == std::string_view::npos || first == last) return false;
  package.held = value.substr(0, first) == "hold";
  package.state = value.substr(last + 1);
  return true;
}

bool is_on_disk(const InstalledPackage& package) {
  return package.state != "not-installed" && package.state != "config-files";
}

Diagnostic problem_at(const char* file, int line, std::string message) {
  return {.file = file, .place = fmt::format("line {}", line), .message = std::move(message), .hint = {}};
}

}  // namespace

std::vector<InstalledPackage> parse_dpkg_status(std::string_view text, Diagnostics& problems) {
  std::vector<InstalledPackage> packages;
  InstalledPackage package;
  const auto take = [&](std::string_view name, std::string_view value, int line) {
    if (name == "Package")
      package.name = value;
    else if (name == "Version")
      package.version = value;
    else if (name == "Architecture")
      package.architecture = value;
    else if (name == "Status" && !take_status(value, package))
      problems.push_back(problem_at(status_file, line, fmt::format("the status `{}` is not three words", value)));
    else if (name.empty())
      problems.push_back(problem_at(status_file, line, "neither a field nor its continuation"));
  };
  const auto end = [&](int line) {
    if (package.name.empty() || package.state.empty())
      problems.push_back(problem_at(status_file, line, "the package ending here has no name or no status"));
    else if (is_on_disk(package))
      packages.push_back(std::move(package));
    package = InstalledPackage{};
  };
  read_stanzas(text, take, end);
  return packages;
}

std::unordered_set<std::string> parse_extended_states(std::string_view text, Diagnostics& problems) {
  std::unordered_set<std::string> automatic;
  std::string name;
  std::string architecture;
  bool marked = false;
  const auto take = [&](std::string_view field, std::string_view value, int line) {
    if (field == "Package")
      name = value;
    else if (field == "Architecture")
      architecture = value;
    else if (field == "Auto-Installed")
      marked = value == "1";
    else if (field.empty())
      problems.push_back(problem_at(states_file, line, "neither a field nor its continuation"));
  };
  const auto end = [&](int) {
    if (marked) automatic.insert(fmt::format("{}:{}", name, architecture));
    marked = false;
  };
  read_stanzas(text, take, end);
  return automatic;
}

}  // namespace nvprov
