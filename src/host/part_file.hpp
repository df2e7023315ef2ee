#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/digest.hpp"
#include "base/result.hpp"
#include "host/posix_file.hpp"

namespace nvprov {

// A file that is being fetched, beside the place it shall have. Only host/ includes this.
class PartFile {
 public:
  PartFile(std::string destination, DigestKind kind);

  // Opens what an earlier run left, its bytes counted and digested; with nothing there it is empty.
  Status open_kept();
  // Opens it empty.
  Status open_empty();
  Status add(std::string_view bytes);
  std::uint64_t size() const { return size_; }
  // The digest of all bytes; ends the file's growth.
  std::string finish() { return digest_.finish(); }
  // Syncs it and puts it in its place.
  Status take_place();
  void remove();

  const std::string& path() const { return path_; }

 private:
  Status open(int flags);

  std::string destination_;
  std::string path_;
  DigestKind kind_;
  DigestStream digest_;
  FileDescriptor file_;
  std::uint64_t size_ = 0;
};

}  // namespace nvprov
