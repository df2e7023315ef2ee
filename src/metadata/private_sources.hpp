#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "metadata/consulted_repositories.hpp"

namespace nvprov {

// A key file of the target and the name of its copy in the private folder.
struct KeyCopy {
  std::string path;  // as the target sees it
  std::string name;

  bool operator==(const KeyCopy&) const = default;
};

// A key the plan would add, and the name of its copy in the private folder.
struct PlannedKey {
  std::string name;
  std::string content;

  bool operator==(const PlannedKey&) const = default;
};

// What the private apt shall read: binary packages of the enabled entries and of the files the plan adds (which
// replace files of the same path). For a folder that holds a host's disk, file URIs lead into it and key files are
// copied, because apt's own user may not be able to read them there.
struct PrivateSources {
  std::vector<RepositoryEntry> entries;
  std::vector<KeyCopy> keys;
  std::vector<PlannedKey> planned_keys;

  bool operator==(const PrivateSources&) const = default;
};

// `target_root` is "/" or the folder; `key_folder` is where the copies will lie.
Result<PrivateSources> private_sources(const ConsultedRepositories& repositories, const std::string& target_root,
                                       const std::string& key_folder);

}  // namespace nvprov
