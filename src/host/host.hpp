#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/environment_variable.hpp"
#include "base/result.hpp"

namespace nvprov {

// THE boundary: everything nvprov knows of a machine or does to it passes here. Paths are absolute as the target sees
// them; a rooted host re-roots every component, absolute symlinks included, so nothing outside the root is read.

struct FileInfo {
  enum class Kind { file, directory, symlink, other };
  Kind kind = Kind::file;
  std::uint32_t mode = 0;  // permission bits
  std::uint32_t owner = 0;
  std::uint32_t group = 0;
  std::uint64_t size = 0;
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::int64_t modified = 0;  // seconds since the epoch

  bool operator==(const FileInfo&) const = default;
};

struct Uname {
  std::string release;  // "6.1.0-41-amd64"
  std::string machine;  // "x86_64"

  bool operator==(const Uname&) const = default;
};

// A program and its arguments, never a shell line. The environment is fixed (LC_ALL=C, DEBIAN_FRONTEND=noninteractive,
// a plain PATH, proxy variables passed through) plus what is named here.
struct Command {
  std::vector<std::string> argv;
  std::vector<EnvironmentVariable> environment;

  bool operator==(const Command&) const = default;
};

struct CommandOutput {
  int exit_status = 0;  // 128 + signal where one ended it
  std::string out;
  std::string err;

  bool operator==(const CommandOutput&) const = default;
};

// How a changing or long command is run.
struct RunOptions {
  std::string log_path;  // stdout and stderr are appended to this file of the target; "" = collect them
  std::function<void(std::string_view line)> on_output;  // each line of stdout and stderr as it comes
  std::function<void(std::string_view line)> on_status;  // each line written to file descriptor 3; enables that pipe
};

class HostView {
 public:
  virtual ~HostView() = default;

  // True when this is the machine (or chroot, or container) the process itself runs in; false for --root DIR.
  virtual bool is_live() const = 0;

  // The whole file; nullopt when it is not there; an error when it could not be read.
  virtual Result<std::optional<std::string>> read_file(const std::string& path) const = 0;
  // The names in a folder, sorted, without "." and ".."; nullopt when it is not there.
  virtual Result<std::optional<std::vector<std::string>>> list_directory(const std::string& path) const = 0;
  // Of the thing itself (a link is not followed); nullopt when it is not there.
  virtual Result<std::optional<FileInfo>> link_info(const std::string& path) const = 0;
  // Of what the path leads to (links followed, re-rooted); nullopt when it is not there.
  virtual Result<std::optional<FileInfo>> file_info(const std::string& path) const = 0;
  // The text of a symbolic link; nullopt when there is none.
  virtual Result<std::optional<std::string>> read_link(const std::string& path) const = 0;

  // Kernel and machine of the live host; an error for a rooted one.
  virtual Result<Uname> uname() const = 0;
  // Effective user of the live process; an error for a rooted host.
  virtual Result<std::uint32_t> effective_user() const = 0;
  // A variable of the live process; nullopt when unset or rooted.
  virtual std::optional<std::string> environment(const std::string& name) const = 0;

  // Runs a program of the short read-only list (see read_only_programs()) and collects what it prints.
  // On a rooted host the program is the root's own, run through chroot.
  virtual Result<CommandOutput> query(const Command& command) const = 0;
};

// A lock held while this lives.
class HostLock {
 public:
  virtual ~HostLock() = default;
};

class Host : public HostView {
 public:
  // Replaces the whole file: written beside it, synced, renamed; parents are made (0755). On error the old one stays.
  virtual Status write_file(const std::string& path, std::string_view content, std::uint32_t mode) = 0;
  // Removes a file; one that is not there is no error.
  virtual Status remove_file(const std::string& path) = 0;
  // Makes a folder and its parents.
  virtual Status make_directory(const std::string& path, std::uint32_t mode) = 0;
  // Runs any program of the target (through chroot for a rooted host) to its end.
  virtual Result<CommandOutput> run(const Command& command, const RunOptions& options) = 0;
  // Runs a program that nvprov carries, given as the bytes of its file, to its end; nothing is written to a disk. An
  // error for a rooted host.
  virtual Result<CommandOutput> run_carried(std::string_view program) = 0;
  // Takes an exclusive lock on a file, or fails at once naming its holder.
  virtual Result<std::unique_ptr<HostLock>> lock(const std::string& path) = 0;
  // Who holds a lock of fcntl's kind (dpkg's and apt's are) on a file: "apt-get (pid 4711)"; nullopt when nobody does
  // or the file is not there.
  virtual Result<std::optional<std::string>> lock_holder(const std::string& path) = 0;
};

// The clock, so that plans can be made for a fixed moment.
struct Clock {
  std::function<std::int64_t()> seconds;  // since the epoch, UTC
};

}  // namespace nvprov
