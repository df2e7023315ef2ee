#include "metadata/dnf_sources.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "packages/dnf.hpp"
#include "packages/vendor_repository.hpp"

namespace nvprov {
namespace {

constexpr std::array<std::string_view, 22> settings_kept = {
    "proxy",     "proxy_username", "proxy_password",     "proxy_auth_method", "proxy_sslcacert", "proxy_sslclientcert",
    "sslcacert", "sslclientcert",  "sslclientkey",       "ip_resolve",        "timeout",         "minrate",
    "retries",   "throttle",       "user_agent",         "excludepkgs",       "exclude",         "multilib_policy",
    "best",      "obsoletes",      "protected_packages", "module_platform_id"};

bool is_removed(const RepositoryEntry& entry, const ConsultedRepositories& repositories) {
  if (std::ranges::any_of(repositories.added, [&](const AddRepository& file) { return file.path == entry.file; }))
    return true;
  return std::ranges::any_of(repositories.removed,
                             [&](const RemoveRepository& removed) { return is_taken_out(entry, removed); });
}

bool is_switched_on(const RepositoryEntry& entry, const ConsultedRepositories& repositories) {
  if (entry.enabled) return true;
  for (const EnableRepository& step : repositories.enabled) {
    Diagnostics problems;
    if (step.path != entry.file) continue;
    for (const RepositoryEntry& now : parse_repo_file(step.content, step.path, problems))
      if (now.id == entry.id && now.enabled) return true;
  }
  return false;
}

std::string section_of_facts(const RepositoryEntry& entry) {
  std::string text = fmt::format("[{}]\n", entry.id);
  for (const RepositoryOption& option : entry.options)
    text += fmt::format("{}={}\n", option.name, replace_all(option.value, "\n", "\n  "));
  return text;
}

bool is_unfiltered(const RepositoryEntry& entry, const ConsultedRepositories& repositories) {
  const auto bare = [](std::string_view uri) {
    while (uri.ends_with('/')) uri.remove_suffix(1);
    return uri;
  };
  return std::ranges::any_of(entry.uris, [&](const std::string& uri) {
    return std::ranges::any_of(repositories.unfiltered,
                               [&](const std::string& address) { return bare(address) == bare(uri); });
  });
}

// Of a key given twice dnf takes the last. Without the source's own repositories there is nothing to plan: dnf must not
// go on without one whose signature does not hold.
std::string with_switches(std::string section, bool of_source) {
  if (!section.ends_with('\n')) section += '\n';
  section += "enabled=1\n";
  if (of_source) section += "module_hotfixes=1\nskip_if_unavailable=0\n";
  return section + "\n";
}

// Names the copies of what is not on the host yet. The names hold the digests of the contents, so that another key is
// another set of sources.
void use_copies(DnfSources& sources, const ConsultedRepositories& repositories, const std::string& folder) {
  const auto use = [&](const std::string& path, const std::string& content) {
    if (!contains(sources.repositories, path)) return;
    PlannedCopy copy{sha256_hex(content).substr(0, 16), content};
    sources.repositories = replace_all(std::move(sources.repositories), path, folder + "/" + copy.name);
    if (std::ranges::find(sources.copies, copy) == sources.copies.end()) sources.copies.push_back(std::move(copy));
  };
  for (const ImportKey& key : repositories.keys) use(key.path, key.content);
  for (const WriteFile& file : repositories.files) use(file.path, file.content);
}

}  // namespace

std::string section_at(std::string_view text, int line) {
  std::string section;
  int number = 0;
  for (const std::string_view each : split_lines(text)) {
    ++number;
    if (number > line && each.starts_with('[')) break;
    if (number >= line) section += std::string(each) + "\n";
  }
  return section.starts_with('[') ? section : std::string();
}

DnfSources dnf_sources(const ConsultedRepositories& repositories, const std::vector<std::string>& sections,
                       const std::string& copies_folder) {
  DnfSources sources;
  for (std::size_t i = 0; i < repositories.entries.size(); ++i) {
    const RepositoryEntry& entry = repositories.entries[i];
    if (entry.format != "repo" || is_removed(entry, repositories) || !is_switched_on(entry, repositories)) continue;
    const std::string section = i < sections.size() ? sections[i] : std::string();
    sources.repositories +=
        with_switches(section.empty() ? section_of_facts(entry) : section, is_unfiltered(entry, repositories));
  }
  for (const AddRepository& file : repositories.added) {
    Diagnostics problems;
    const auto entries = parse_repo_file(file.content, file.path, problems);
    const bool unfiltered =
        std::ranges::any_of(entries, [&](const RepositoryEntry& entry) { return is_unfiltered(entry, repositories); });
    sources.repositories += with_switches(file.content, unfiltered);
  }
  use_copies(sources, repositories, copies_folder);
  return sources;
}

std::vector<std::string> kept_dnf_settings(std::string_view config) {
  std::vector<std::string> kept;
  bool inside = false;
  bool taken = false;
  for (const std::string_view line : split_lines(config)) {
    const bool goes_on = line.starts_with(' ') || line.starts_with('\t');
    if (trim(line).empty() || line.starts_with('#') || line.starts_with(';')) continue;
    if (line.starts_with('[')) {
      inside = line.starts_with("[main]");
      taken = false;
      continue;
    }
    if (!goes_on) {
      const std::string key = lower(trim(line.substr(0, line.find('='))));
      taken = inside && contains(line, "=") && std::ranges::find(settings_kept, key) != settings_kept.end();
    }
    if (taken) kept.emplace_back(line);
  }
  return kept;
}

}  // namespace nvprov
