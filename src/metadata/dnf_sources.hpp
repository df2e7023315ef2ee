#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "metadata/consulted_repositories.hpp"

namespace nvprov {

// A file the plan would add (a key, certificates), under the name its copy has in the private folder.
struct PlannedCopy {
  std::string name;
  std::string content;

  bool operator==(const PlannedCopy&) const = default;
};

// What the private dnf shall read.
struct DnfSources {
  std::string repositories;  // one *.repo file
  std::vector<PlannedCopy> copies;

  bool operator==(const DnfSources&) const = default;
};

// The text of the section that begins at this line (1 = the first).
std::string section_at(std::string_view text, int line);

// The enabled entries of the host and those the plan would switch on, each with the text its file has (`sections`, in
// the entries' order; "" falls back to the facts), and the files the plan would add. Files the plan would write are
// named where their copies lie. The packages of a source's own repositories (`repositories.unfiltered`) count even
// where a module stream hides them: the plan chooses the stream later.
DnfSources dnf_sources(const ConsultedRepositories& repositories, const std::vector<std::string>& sections,
                       const std::string& copies_folder);

// The settings of dnf's own [main] that shape what is downloaded, from where and which packages count. Nothing that
// names a folder to write, loads a plugin or switches a check off passes.
std::vector<std::string> kept_dnf_settings(std::string_view config);

}  // namespace nvprov
