#pragma once

#include <string>
#include <vector>

#include "model/facts.hpp"
#include "model/network.hpp"
#include "model/plan.hpp"

namespace nvprov {

struct PrivateApt {
  std::string cache_folder;  // the caller's own: indexes are kept here between runs
  std::string target_root;   // "/" or the --root DIR, as the machine nvprov runs on sees it
  NetworkSettings network = {};
};

// The repositories to consult: the host's own entries plus the files the plan would add.
struct ConsultedRepositories {
  std::vector<RepositoryEntry> entries;
  std::vector<AddRepository> added;
  std::vector<WriteFile> preferences;  // hold files the plan would add
  std::vector<ImportKey> keys;         // of the files added
  std::vector<RemoveRepository> removed;
  std::vector<EnableRepository> enabled = {};
  std::vector<WriteFile> files = {};         // that the files added name: certificates
  std::vector<std::string> unfiltered = {};  // addresses whose packages count in spite of dnf's module streams

  bool operator==(const ConsultedRepositories&) const = default;
};

}  // namespace nvprov
