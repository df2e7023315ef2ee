#pragma once

#include <optional>
#include <string>
#include <vector>

namespace nvprov {

struct RepositoryAddress {
  std::string arch;  // "x86_64"
  std::string url;   // https; ends in '/'

  bool operator==(const RepositoryAddress&) const = default;
};

// A repository with an address and keys of its own, added whole.
struct Repository {
  std::string id;    // "cuda-debian12"; names the files
  std::string kind;  // "apt" (flat) or "rpm"
  std::vector<RepositoryAddress> addresses;
  std::vector<std::string> keys;       // ids; every primary key of the key file must be one of them
  std::optional<std::string> key_url;  // of the key file, `{url}` being the address; absent: every key is embedded
  bool packages_signed = true;
  bool metadata_signed = true;
  bool third_party = false;  // neither the distribution's nor NVIDIA's

  bool operator==(const Repository&) const = default;
};

}  // namespace nvprov
