#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "model/bundle.hpp"

namespace nvprov {

// What becomes a member: a file of this machine, or a text.
struct BundlePart {
  std::string path;
  BundleRole role = BundleRole::metadata;
  std::uint32_t mode = 0644;
  std::optional<std::string> url = {};
  std::string file = {};  // "" for a text
  std::string text = {};

  bool operator==(const BundlePart&) const = default;
};

struct WrittenBundle {
  Bundle bundle;
  std::uint64_t size = 0;  // of the archive

  bool operator==(const WrittenBundle&) const = default;
};

// Writes the archive at `path` (of this machine), whole or not at all: the manifest, its signature where there is a
// private key (PEM), then the parts in the order of their paths. A part whose path is there already counts once.
// `modified` is the time of all members, in seconds since the epoch.
Result<WrittenBundle> write_bundle(const std::string& path, Bundle bundle, std::vector<BundlePart> parts,
                                   const std::optional<std::string>& private_key, std::int64_t modified);

}  // namespace nvprov
