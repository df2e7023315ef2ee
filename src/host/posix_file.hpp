#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "host/host.hpp"

namespace nvprov {

// Files of the machine nvprov runs on, by their real paths; the re-rooting is done before. Only host/ includes this.

// An open file, closed when this goes.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int number) : number_(number) {}
  FileDescriptor(FileDescriptor&& other) noexcept : number_(other.release()) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor() { close(); }

  int get() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  int release();
  // 0, or the errno of a close that failed: the last word on whether data was kept.
  int close();

 private:
  int number_ = -1;
};

// "could not <doing> <path>: <the system's words>", with what to do where that is known (disk full, not root).
Error system_error(std::string_view doing, std::string_view path, int error_number);
// True for the errors that mean "there is no such file".
bool means_absent(int error_number);

// As HostView has them. `shown` is the path as the target sees it, for messages.
Result<std::optional<std::string>> read_real_file(const std::string& real, const std::string& shown);
Result<std::optional<std::vector<std::string>>> list_real_directory(const std::string& real, const std::string& shown);
Result<std::optional<FileInfo>> real_file_info(const std::string& real, const std::string& shown, bool follow);
Result<std::optional<std::string>> read_real_link(const std::string& real, const std::string& shown);

// All bytes, whatever the number of writes it takes; 0 or an errno.
int write_all(int descriptor, std::string_view bytes);
// Writes ".<name>.nvprov-new" beside the file, syncs, renames, syncs the folder. On error the old file is untouched and
// the new one gone. Parents are made (0755).
Status replace_real_file(const std::string& real, const std::string& shown, std::string_view content,
                         std::uint32_t mode);
Status remove_real_file(const std::string& real, const std::string& shown);
// The folder and its parents (0755); one that is there is no error, a file in its place is.
Status make_real_directory(const std::string& real, const std::string& shown, std::uint32_t mode);
// flock on the file, with this process's id written into it.
Result<std::unique_ptr<HostLock>> lock_real_file(const std::string& real, const std::string& shown);

}  // namespace nvprov
