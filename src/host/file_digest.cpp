#include "host/file_digest.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "host/posix_file.hpp"

namespace nvprov {

Result<std::optional<DigestedFile>> digest_file(const std::string& path, DigestKind kind) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file.is_open() && means_absent(errno)) return std::nullopt;
  if (!file.is_open()) return fail(system_error("read", path, errno));
  DigestStream digest(kind);
  DigestedFile result;
  std::string bytes(256UL * 1024, '\0');
  for (;;) {
    const ssize_t count = ::read(file.get(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail(system_error("read", path, errno));
    if (count == 0) break;
    digest.add({bytes.data(), static_cast<std::size_t>(count)});
    result.size += static_cast<std::uint64_t>(count);
  }
  result.digest = {kind, digest.finish()};
  return result;
}

}  // namespace nvprov
