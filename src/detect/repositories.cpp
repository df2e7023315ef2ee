#include "detect/repositories.hpp"

#include <algorithm>
#include <iterator>

#include "base/append.hpp"
#include "detect/look.hpp"
#include "detect/manager.hpp"
#include "packages/apt.hpp"
#include "packages/dnf.hpp"

namespace nvprov {
namespace {

constexpr std::string_view sources_fact = "package_facts.repositories";
constexpr std::string_view pins_fact = "package_facts.pins";
constexpr std::string_view streams_fact = "package_facts.modules";

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

// apt.conf(5), "sources.list.d": other files are ignored.
bool apt_accepts_name(std::string_view name) {
  return !name.empty() && name.front() != '.' && std::ranges::all_of(name, is_name_character);
}

void read_sources(const HostView& host, const std::string& file, PackageFacts& packages, Diagnostics& diagnostics) {
  const auto text = read_text(host, file, sources_fact, diagnostics);
  if (!text) return;
  Diagnostics problems;
  append(packages.repositories, file.ends_with(".sources") ? parse_deb822_sources(*text, file, problems)
                                                           : parse_one_line_sources(*text, file, problems));
  take_problems(diagnostics, sources_fact, problems);
}

void read_preferences(const HostView& host, const std::string& file, PackageFacts& packages, Diagnostics& diagnostics) {
  const auto text = read_text(host, file, pins_fact, diagnostics);
  if (!text) return;
  Diagnostics problems;
  append(packages.pins, parse_preferences(*text, file, problems));
  take_problems(diagnostics, pins_fact, problems);
}

void read_repo_file(const HostView& host, const std::string& file, PackageFacts& packages, Diagnostics& diagnostics) {
  const auto text = read_text(host, file, sources_fact, diagnostics);
  if (!text) return;
  Diagnostics problems;
  append(packages.repositories, parse_repo_file(*text, file, problems));
  take_problems(diagnostics, sources_fact, problems);
}

void read_module_file(const HostView& host, const std::string& file, PackageFacts& packages, Diagnostics& diagnostics) {
  const auto text = read_text(host, file, streams_fact, diagnostics);
  if (!text) return;
  Diagnostics problems;
  append(packages.modules, parse_module_state(*text, file, problems));
  take_problems(diagnostics, streams_fact, problems);
}

void read_dnf(const HostView& host, PackageFacts& packages, Diagnostics& diagnostics) {
  for (const std::string folder : {"/etc/yum.repos.d", "/etc/distro.repos.d"})
    for (const std::string& name : list_names(host, folder, sources_fact, diagnostics))
      if (name.ends_with(".repo")) read_repo_file(host, folder + "/" + name, packages, diagnostics);
  const std::string folder = "/etc/dnf/modules.d";
  for (const std::string& name : list_names(host, folder, streams_fact, diagnostics))
    if (name.ends_with(".module")) read_module_file(host, folder + "/" + name, packages, diagnostics);
  std::ranges::stable_sort(packages.modules, {}, &ModuleState::name);
}

void read_apt(const HostView& host, PackageFacts& packages, Diagnostics& diagnostics) {
  read_sources(host, "/etc/apt/sources.list", packages, diagnostics);
  for (const std::string& name : list_names(host, "/etc/apt/sources.list.d", sources_fact, diagnostics))
    if (apt_reads_sources_file(name)) read_sources(host, "/etc/apt/sources.list.d/" + name, packages, diagnostics);
  read_preferences(host, "/etc/apt/preferences", packages, diagnostics);
  for (const std::string& name : list_names(host, "/etc/apt/preferences.d", pins_fact, diagnostics))
    if (apt_reads_preferences_file(name))
      read_preferences(host, "/etc/apt/preferences.d/" + name, packages, diagnostics);
}

}  // namespace

bool apt_reads_sources_file(std::string_view name) {
  return apt_accepts_name(name) && (name.ends_with(".list") || name.ends_with(".sources"));
}

bool apt_reads_preferences_file(std::string_view name) {
  return apt_accepts_name(name) && (name.ends_with(".pref") || name.find('.') == std::string_view::npos);
}

void detect_repositories(const HostView& host, PackageFacts& packages, Diagnostics& diagnostics) {
  if (is_dnf(packages.manager))
    read_dnf(host, packages, diagnostics);
  else
    read_apt(host, packages, diagnostics);
}

}  // namespace nvprov
