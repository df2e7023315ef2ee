#include "host/enter_root.hpp"

#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <array>
#include <optional>

#include "host/rooted_path.hpp"

namespace nvprov {
namespace {

// The devices every program may count on (hier(7), Linux's devices.txt): all of the memory driver, major 1.
struct DeviceKind {
  const char* name;
  unsigned minor;
};
constexpr std::array<DeviceKind, 5> device_kinds = {
    {{"null", 3}, {"zero", 5}, {"full", 7}, {"random", 8}, {"urandom", 9}}};
constexpr unsigned memory_driver = 1;

std::optional<struct stat> status_of(const std::string& root, const std::string& path) {
  struct stat info {};
  const auto real = rooted_path(root, path, true);
  if (!real || ::stat(real->c_str(), &info) != 0) return std::nullopt;
  return info;
}

std::string folder_in(const std::string& root, const std::string& path) {
  const auto info = status_of(root, path);
  return info && S_ISDIR(info->st_mode) ? rooted_path(root, path, true).value_or("") : std::string{};
}

// A mount made here must not come up in the namespace this one is a copy of.
bool leave_shared_mounts() {
  return ::unshare(CLONE_NEWNS) == 0 && ::mount(nullptr, "/", nullptr, MS_REC | MS_SLAVE, nullptr) == 0;
}

void mount_proc(const RootEntry& entry) {
  constexpr unsigned long flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;
  if (entry.proc.empty() || ::mount("proc", entry.proc.c_str(), "proc", flags, nullptr) != 0) return;
  for (const std::string& path : entry.hidden)
    (void)::mount("tmpfs", path.c_str(), "tmpfs", flags | MS_RDONLY, "size=4k");
}

void make_devices(const RootEntry& entry) {
  if (entry.devices.empty()) return;
  if (::mount("tmpfs", entry.devices.c_str(), "tmpfs", MS_NOSUID | MS_NOEXEC, "mode=755,size=64k") != 0) return;
  for (std::size_t i = 0; i < device_kinds.size(); ++i) {
    const char* path = entry.nodes[i].c_str();
    (void)::mknod(path, S_IFCHR | 0666, makedev(memory_driver, device_kinds[i].minor));
    (void)::chmod(path, 0666);  // whatever the umask
  }
  for (std::size_t i = device_kinds.size(); i < entry.nodes.size(); ++i)
    if (::symlink("/proc/self/fd", entry.nodes[i].c_str()) != 0) return;
}

}  // namespace

RootEntry prepare_root_entry(const std::string& root) {
  RootEntry entry{.root = root, .proc = {}, .hidden = {}, .devices = {}, .nodes = {}};
  if (root == "/") return entry;
  entry.proc = folder_in(root, "/proc");
  if (!entry.proc.empty()) entry.hidden = {entry.proc + "/bus", entry.proc + "/driver"};
  const auto null = status_of(root, "/dev/null");
  if (null && S_ISCHR(null->st_mode)) return entry;
  entry.devices = folder_in(root, "/dev");
  if (entry.devices.empty()) return entry;
  for (const DeviceKind& kind : device_kinds) entry.nodes.push_back(entry.devices + "/" + kind.name);
  entry.nodes.push_back(entry.devices + "/fd");
  return entry;
}

bool enter_root(const RootEntry& entry) {
  if (entry.root != "/") {
    if (leave_shared_mounts()) {
      mount_proc(entry);
      make_devices(entry);
    }
    if (::chroot(entry.root.c_str()) != 0) return false;
  }
  return ::chdir("/") == 0;
}

}  // namespace nvprov
