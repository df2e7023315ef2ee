#include "host/posix_file.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace nvprov {
namespace {

// Most files read here are a line of sysfs: one read into this, one that says "no more".
constexpr std::size_t first_read = 4096;

FileInfo to_file_info(const struct stat& status) {
  FileInfo info;
  if (S_ISREG(status.st_mode))
    info.kind = FileInfo::Kind::file;
  else if (S_ISDIR(status.st_mode))
    info.kind = FileInfo::Kind::directory;
  else if (S_ISLNK(status.st_mode))
    info.kind = FileInfo::Kind::symlink;
  else
    info.kind = FileInfo::Kind::other;
  info.mode = status.st_mode & 07777;
  info.owner = status.st_uid;
  info.group = status.st_gid;
  info.size = static_cast<std::uint64_t>(status.st_size);
  info.device = status.st_dev;
  info.inode = status.st_ino;
  info.modified = status.st_mtim.tv_sec;
  return info;
}

// 0 or an errno. Grows by doubling: files of /proc and /sys do not tell their size.
int read_to_end(int descriptor, std::size_t expected, std::string& text) {
  std::size_t used = 0;
  text.resize(std::max(expected + 1, first_read));
  for (;;) {
    const ssize_t count = ::read(descriptor, text.data() + used, text.size() - used);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    if (count == 0) break;
    used += static_cast<std::size_t>(count);
    if (used == text.size()) text.resize(text.size() * 2);
  }
  text.resize(used);
  return 0;
}

std::vector<std::string> read_names(DIR* folder) {
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(folder)) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  if (this != &other) {
    close();
    number_ = other.release();
  }
  return *this;
}

int FileDescriptor::release() { return std::exchange(number_, -1); }

int FileDescriptor::close() {
  if (number_ < 0) return 0;
  return ::close(release()) == 0 ? 0 : errno;
}

Error system_error(std::string_view doing, std::string_view path, int error_number) {
  Error error;
  error.message = fmt::format("could not {} {}: {}", doing, path, std::strerror(error_number));
  if (error_number == ENOSPC || error_number == EDQUOT) {
    error.message = fmt::format("could not {} {}: the disk is full", doing, path);
    error.hints = {"free some space and run the command again; the file is as it was before"};
  }
  if (error_number == EROFS) error.hints = {"the file system is mounted read-only"};
  if ((error_number == EACCES || error_number == EPERM) && ::geteuid() != 0) error.hints = {"run this as root"};
  return error;
}

bool means_absent(int error_number) { return error_number == ENOENT || error_number == ENOTDIR; }

Result<std::optional<std::string>> read_real_file(const std::string& real, const std::string& shown) {
  // O_NONBLOCK: a FIFO under this name must not stop us for ever.
  const FileDescriptor file(::open(real.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file.is_open() && means_absent(errno)) return std::nullopt;
  struct stat status {};
  if (!file.is_open() || ::fstat(file.get(), &status) != 0) return fail(system_error("read", shown, errno));
  if (!S_ISREG(status.st_mode)) return fail(fmt::format("could not read {}: it is no regular file", shown));
  std::string text;
  if (const int error = read_to_end(file.get(), static_cast<std::size_t>(status.st_size), text); error != 0)
    return fail(system_error("read", shown, error));
  return text;
}

Result<std::optional<std::vector<std::string>>> list_real_directory(const std::string& real, const std::string& shown) {
  DIR* folder = ::opendir(real.c_str());
  if (folder == nullptr && errno == ENOENT) return std::nullopt;
  if (folder == nullptr) return fail(system_error("list", shown, errno));
  errno = 0;
  std::vector<std::string> names = read_names(folder);
  const int error = errno;
  ::closedir(folder);
  if (error != 0) return fail(system_error("list", shown, error));
  return names;
}

Result<std::optional<FileInfo>> real_file_info(const std::string& real, const std::string& shown, bool follow) {
  struct stat status {};
  const int result = follow ? ::stat(real.c_str(), &status) : ::lstat(real.c_str(), &status);
  if (result == 0) return to_file_info(status);
  if (means_absent(errno)) return std::nullopt;
  return fail(system_error("look at", shown, errno));
}

Result<std::optional<std::string>> read_real_link(const std::string& real, const std::string& shown) {
  std::array<char, 4096> text{};
  const ssize_t count = ::readlink(real.c_str(), text.data(), text.size());
  if (count >= 0) return std::string(text.data(), static_cast<std::size_t>(count));
  if (means_absent(errno) || errno == EINVAL) return std::nullopt;  // EINVAL: it is there and is no link
  return fail(system_error("read the link", shown, errno));
}

}  // namespace nvprov
