#include "host/part_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <vector>

namespace nvprov {
namespace {

constexpr mode_t file_mode = 0644;
constexpr std::size_t chunk = 256UL * 1024;

std::string part_path(const std::string& destination) {
  const std::size_t slash = destination.rfind('/') + 1;
  return fmt::format("{}.{}.nvprov-part", destination.substr(0, slash), destination.substr(slash));
}

}  // namespace

PartFile::PartFile(std::string destination, DigestKind kind)
    : destination_(std::move(destination)), path_(part_path(destination_)), kind_(kind), digest_(kind) {}

Status PartFile::open(int flags) {
  digest_ = DigestStream(kind_);
  size_ = 0;
  file_ = FileDescriptor(::open(path_.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | flags, file_mode));
  if (!file_.is_open()) return fail(system_error("write", path_, errno));
  return {};
}

Status PartFile::open_kept() {
  if (const Status opened = open(0); !opened) return opened;
  std::vector<char> bytes(chunk);
  for (;;) {
    const ssize_t count = ::read(file_.get(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail(system_error("read", path_, errno));
    if (count == 0) return {};
    digest_.add({bytes.data(), static_cast<std::size_t>(count)});
    size_ += static_cast<std::uint64_t>(count);
  }
}

Status PartFile::open_empty() { return open(O_TRUNC); }

Status PartFile::add(std::string_view bytes) {
  if (const int error = write_all(file_.get(), bytes); error != 0) return fail(system_error("write", path_, error));
  digest_.add(bytes);
  size_ += bytes.size();
  return {};
}

Status PartFile::take_place() {
  if (::fsync(file_.get()) != 0) return fail(system_error("write", path_, errno));
  if (const int error = file_.close(); error != 0) return fail(system_error("write", path_, error));
  if (::rename(path_.c_str(), destination_.c_str()) != 0) return fail(system_error("write", destination_, errno));
  return {};
}

void PartFile::remove() {
  file_.close();
  ::unlink(path_.c_str());
}

}  // namespace nvprov
