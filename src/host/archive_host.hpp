#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "host/host.hpp"

namespace nvprov {

// How much of an archive is read and kept; beyond it, the archive is refused.
struct ArchiveLimits {
  std::uint64_t entries = 2'000'000;                         // folders that are only implied by names count, too
  std::uint64_t bytes = std::uint64_t{256} << 30;            // unpacked, kept or not
  std::uint64_t kept_bytes = std::uint64_t{1} << 30;         // of all names, links and files that are kept
  std::uint64_t kept_file_bytes = std::uint64_t{256} << 20;  // of one of these files
  std::uint64_t path_bytes = 4096;                           // of one name or the text of one link, as Linux has it

  bool operator==(const ArchiveLimits&) const = default;
};

// Whether the content of this file of the target may be asked for; of others only name, size and mode are known.
using KeepContent = std::function<bool(std::string_view path)>;

// The file system of a container or a disk in a tar archive (plain, gzip, xz or zstd) as a host that can be read: a
// file of this machine, or "-" for standard input, read once from beginning to end. Links are followed inside the
// archive, also by entries whose folder is a link to one. An error of kind usage for what is no such archive, is cut
// off, names paths outside its root or below what is no folder, or goes beyond the limits, and for an image as
// `docker save` writes it, whose layers are archives of their own.
Result<std::unique_ptr<HostView>> open_archive_host(const std::string& path, const KeepContent& keeps,
                                                    const ArchiveLimits& limits);

}  // namespace nvprov
