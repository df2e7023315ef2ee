#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/text.hpp"
#include "host/posix_file.hpp"

namespace nvprov {
namespace {

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

std::string name_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }

// Makes a rename or removal in this folder survive a power cut; 0 or an errno.
int sync_folder(const std::string& folder) {
  const FileDescriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.is_open()) return errno;
  // EINVAL: a file system that cannot sync folders has nothing to lose here.
  return ::fsync(opened.get()) == 0 || errno == EINVAL ? 0 : errno;
}

// The new file keeps the owner of the one it replaces, where we may give files away.
void keep_owner(int descriptor, const std::string& old_path) {
  struct stat old {};
  if (::stat(old_path.c_str(), &old) != 0 || ::geteuid() != 0) return;
  if (::fchown(descriptor, old.st_uid, old.st_gid) != 0) return;  // then it is root's, which is safe
}

// 0 or an errno.
int write_new_file(const std::string& path, const std::string& replaced, std::string_view content, mode_t mode) {
  ::unlink(path.c_str());  // what an interrupted run left
  FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.is_open()) return errno;
  if (const int error = write_all(file.get(), content); error != 0) return error;
  keep_owner(file.get(), replaced);
  if (::fchmod(file.get(), mode) != 0 || ::fsync(file.get()) != 0) return errno;
  return file.close();
}

class FileLock : public HostLock {
 public:
  explicit FileLock(FileDescriptor file) : file_(std::move(file)) {}
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  // The holder's number goes first, so that nobody reads one that is no longer true.
  ~FileLock() override { (void)!::ftruncate(file_.get(), 0); }

 private:
  FileDescriptor file_;
};

// "nvprov (pid 4711)", as far as it can be told.
std::string describe_holder(const std::string& lock_file) {
  const auto text = read_real_file(lock_file, lock_file);
  const auto number = text && *text ? parse_number(trim(**text)) : std::nullopt;
  if (!number) return "another process";
  const std::string path = fmt::format("/proc/{}/comm", *number);
  const auto name = read_real_file(path, path);
  return fmt::format("{} (pid {})", name && *name ? trim(**name) : "another process", *number);
}

}  // namespace

int write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return 0;
}

Status replace_real_file(const std::string& real, const std::string& shown, std::string_view content,
                         std::uint32_t mode) {
  const std::string folder = parent_of(real);
  if (const Status made = make_real_directory(folder, parent_of(shown), 0755); !made) return made;
  const std::string fresh = fmt::format("{}/.{}.nvprov-new", folder == "/" ? "" : folder, name_of(real));
  int error = write_new_file(fresh, real, content, static_cast<mode_t>(mode));
  if (error == 0 && ::rename(fresh.c_str(), real.c_str()) != 0) error = errno;
  if (error != 0) {
    ::unlink(fresh.c_str());
    return fail(system_error("write", shown, error));
  }
  if (error = sync_folder(folder); error != 0) return fail(system_error("sync the folder of", shown, error));
  return {};
}

Status remove_real_file(const std::string& real, const std::string& shown) {
  if (::unlink(real.c_str()) != 0) {
    if (means_absent(errno)) return {};
    return fail(system_error("remove", shown, errno));
  }
  if (const int error = sync_folder(parent_of(real)); error != 0)
    return fail(system_error("sync the folder of", shown, error));
  return {};
}

Status make_real_directory(const std::string& real, const std::string& shown, std::uint32_t mode) {
  struct stat status {};
  if (::stat(real.c_str(), &status) == 0) {
    if (S_ISDIR(status.st_mode)) return {};
    return fail(fmt::format("could not make the folder {}: a file of that name is there", shown));
  }
  if (real != "/") {
    if (const Status parent = make_real_directory(parent_of(real), parent_of(shown), 0755); !parent) return parent;
  }
  if (::mkdir(real.c_str(), 0700) != 0) {
    if (errno == EEXIST) return {};
    return fail(system_error("make the folder", shown, errno));
  }
  // Not mkdir's mode: the umask would narrow it.
  if (::chmod(real.c_str(), static_cast<mode_t>(mode)) != 0) return fail(system_error("set the mode of", shown, errno));
  return {};
}

Result<std::unique_ptr<HostLock>> lock_real_file(const std::string& real, const std::string& shown) {
  if (const Status made = make_real_directory(parent_of(real), parent_of(shown), 0755); !made)
    return fail(made.error());
  FileDescriptor file(::open(real.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644));
  if (!file.is_open()) return fail(system_error("open the lock", shown, errno));
  if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return fail(system_error("take the lock", shown, errno));
    return fail(ErrorKind::failed, fmt::format("{} is locked by {}", shown, describe_holder(real)), {},
                {"wait until it is done, then run the command again"});
  }
  const std::string holder = fmt::format("{}\n", ::getpid());
  if (::ftruncate(file.get(), 0) != 0) return fail(system_error("write the lock", shown, errno));
  if (const int error = write_all(file.get(), holder); error != 0)
    return fail(system_error("write the lock", shown, error));
  return std::make_unique<FileLock>(std::move(file));
}

}  // namespace nvprov
