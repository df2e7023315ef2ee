#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/downloader.hpp"
#include "host/target_files.hpp"
#include "metadata/fetched.hpp"
#include "model/facts.hpp"

namespace nvprov {

using RpmVariables = std::map<std::string, std::string>;

// The keys of dnf.conf's [main], in small letters, as dnf reads them; of a key given twice the last counts.
std::map<std::string, std::string> dnf_main_section(std::string_view config);

// dnf's words for yes and no; nullopt for any other.
std::optional<bool> dnf_bool(std::string_view text);

// What stands for $name and ${name}, and for ${name:-otherwise} and ${name:+instead}; a name that is not known stays as
// it is written, as dnf leaves it.
std::string expand_rpm_variables(std::string_view text, const RpmVariables& variables);

// releasever, its two parts, arch and basearch as the facts have them, then the files of /etc/yum/vars and
// /etc/dnf/vars.
RpmVariables rpm_variables(const HostFacts& facts, const TargetFiles& target);

// One section of a *.repo file with all it says; of a key given twice the last counts.
struct RpmRepository {
  std::string id;
  std::vector<std::string> bases;  // each ends in a slash
  std::string mirrorlist;
  std::string metalink;
  std::vector<std::string> keys;  // addresses and paths
  bool metadata_signed = false;   // repo_gpgcheck
  bool packages_signed = false;   // gpgcheck
  bool module_hotfixes = false;
  bool skip_if_unavailable = false;
  int priority = 99;
  int cost = 1000;
  std::vector<std::string> excluded;
  std::vector<std::string> included;
  DownloadAccess access;
  std::string file;
  int line = 0;

  bool operator==(const RpmRepository&) const = default;
};

// What a repository names to be asked first: its own addresses, else the list of them that counts.
std::vector<std::string> addresses_to_ask(const RpmRepository& repository);

// The enabled sections of a text (that of dnf_sources()), with dnf.conf's [main] behind what they leave unsaid.
std::vector<RpmRepository> rpm_repositories(std::string_view text, std::string_view config,
                                            const RpmVariables& variables);

}  // namespace nvprov
