#include "host/lock_holder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

namespace nvprov {
namespace {

// The holder as a person knows it; its name is asked of the machine that runs it, whatever root the file is in.
std::string process_name(pid_t pid) {
  // 0: in another process namespace, such as outside this container; -1: a lock of an open file, not of a process.
  if (pid <= 0) return "a process that cannot be seen from here";
  std::ifstream comm(fmt::format("/proc/{}/comm", pid));
  std::string name;
  if (!std::getline(comm, name) || name.empty()) return fmt::format("pid {}", pid);
  return fmt::format("{} (pid {})", name, pid);
}

tl::unexpected<Error> failure(const std::string& path, int error) {
  return fail(fmt::format("cannot see who holds the lock {}: {}", path, std::strerror(error)));
}

}  // namespace

Result<std::optional<std::string>> file_lock_holder(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0 && errno == ENOENT) return std::nullopt;
  if (file < 0) return failure(path, errno);
  struct flock wanted = {};
  wanted.l_type = F_WRLCK;
  wanted.l_whence = SEEK_SET;
  const int answer = fcntl(file, F_GETLK, &wanted);
  const int error = errno;
  close(file);  // safe: this process holds no fcntl lock on it that closing would drop
  if (answer != 0) return failure(path, error);
  if (wanted.l_type == F_UNLCK) return std::nullopt;
  return process_name(wanted.l_pid);
}

}  // namespace nvprov
