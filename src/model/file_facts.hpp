#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "model/lockfile.hpp"

namespace nvprov {

// A file or folder as it is now.
struct SeenFile {
  std::string path;
  LockedFileKind kind = LockedFileKind::file;
  std::uint32_t mode = 0;
  std::uint32_t owner = 0;
  std::string digest;                     // as a lock writes it; "" for a folder, or where it could not be read
  std::vector<std::string> fingerprints;  // of a key file's primary keys, sorted
  std::vector<KeyPath> keys;              // of an engine's file: those the digest is of

  bool operator==(const SeenFile&) const = default;
};

// The files of a host that a lock and an audit are about, beside its facts.
struct FileFacts {
  std::vector<SeenFile> owned;            // those nvprov has or may have written, as far as they are there; by path
  std::vector<std::string> driver_files;  // of NVIDIA's driver, in the folders it is installed to; by path
  std::vector<std::string> unowned;       // of those, the ones no package owns
  Diagnostics diagnostics;                // what could not be looked at; places are paths, or "driver_files"

  bool operator==(const FileFacts&) const = default;
};

}  // namespace nvprov
