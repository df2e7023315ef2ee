#pragma once

#include <map>
#include <memory>
#include <string>

#include "host/host.hpp"
#include "model/facts.hpp"
#include "model/file_facts.hpp"
#include "model/lockfile.hpp"

namespace nvprov::test {

// A host's disk that can be changed and then looked at, as an archive of it.
struct AuditedRoot {
  struct Entry {
    std::string content;
    unsigned mode = 0644;
    unsigned owner = 0;
  };
  struct Package {
    std::string version;
    std::string architecture = "amd64";
    std::string status = "install ok installed";
  };

  std::map<std::string, Entry> files;    // absolute paths
  std::map<std::string, Entry> folders;  // where they are not as usual; without content
  std::map<std::string, std::string> links;
  std::map<std::string, Package> packages;  // what dpkg's status will say

  std::unique_ptr<HostView> view() const;
};

// Debian 12 with the distribution's driver, all parts of one version and of its own archive, nvprov's files beside it.
// Synthetic: versions are those of the catalog, contents are invented.
AuditedRoot agreed_root();
// A container image of Debian 12 with a CUDA library and no driver.
AuditedRoot image_root();

// What an audit sees of it.
struct LookedAt {
  HostFacts facts;
  FileFacts files;
};
LookedAt look_at(const AuditedRoot& root, const std::vector<LockedFile>& locked);

// The lock `nvprov lock` writes of it.
Lockfile lock_of(const AuditedRoot& root);

}  // namespace nvprov::test
