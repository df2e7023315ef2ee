#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "packages/apt.hpp"
#include "packages/deb822.hpp"

namespace nvprov {
namespace {

// Above 990, so that the pinned versions win against every newer one; below 1000, so that apt never takes a downgrade
// of what is installed for our sake (apt_preferences(5)).
constexpr int hold_priority = 995;

constexpr std::string_view preferences_path = "/etc/apt/preferences.d/nvprov";
constexpr std::string_view guard_path = "/etc/apt/apt.conf.d/52nvprov-unattended-upgrades";

std::optional<PackagePin> pin_of(const Deb822Stanza& stanza, const std::string& file, Diagnostics& problems) {
  constexpr std::array<std::string_view, 3> needed = {"Package", "Pin", "Pin-Priority"};
  for (const std::string_view name : needed)
    if (field_value(stanza, name).empty()) {
      problems.push_back(
          {file, fmt::format("line {}", stanza.line), fmt::format("the stanza has no field {}", name), {}});
      return std::nullopt;
    }
  return PackagePin{.file = file,
                    .line = stanza.line,
                    .packages = join(split_words(field_value(stanza, "Package")), " "),
                    .pin = field_value(stanza, "Pin"),
                    .priority = field_value(stanza, "Pin-Priority")};
}

// "libstdc++6" as a regular expression that fits nothing else.
std::string anchored_pattern(const std::string& package) {
  return fmt::format("^{}$", replace_all(replace_all(package, "+", "\\+"), ".", "\\."));
}

}  // namespace

std::vector<PackagePin> parse_preferences(std::string_view text, const std::string& file, Diagnostics& problems) {
  std::vector<PackagePin> pins;
  for (const Deb822Stanza& stanza : parse_deb822(text, file, problems))
    if (auto pin = pin_of(stanza, file, problems)) pins.push_back(std::move(*pin));
  return pins;
}

WriteFile hold_preferences(const std::vector<std::string>& packages, const std::string& pattern,
                           const std::string& purpose) {
  const std::string content = fmt::format(
      "# Written by nvprov: {}.\n"
      "# The kernel module and the libraries of the driver work together in one version only, so an upgrade of\n"
      "# single packages must not mix versions. To let the driver follow the archive again, delete this file.\n"
      "Package: {}\n"
      "Pin: version {}\n"
      "Pin-Priority: {}\n",
      purpose, join(packages, " "), pattern, hold_priority);
  return {.path = std::string(preferences_path), .content = content, .mode = 0644, .purpose = purpose};
}

WriteFile unattended_guard(const std::vector<std::string>& packages, const std::string& purpose) {
  std::string content = fmt::format(
      "// Written by nvprov: {}.\n"
      "// An upgrade in the background would replace libraries under a running driver. To allow it, delete this file.\n"
      "Unattended-Upgrade::Package-Blacklist {{\n",
      purpose);
  for (const std::string& package : packages) content += fmt::format("  \"{}\";\n", anchored_pattern(package));
  content += "};\n";
  return {.path = std::string(guard_path), .content = content, .mode = 0644, .purpose = purpose};
}

bool is_hold_file(std::string_view path) { return path == preferences_path || path == guard_path; }

}  // namespace nvprov
