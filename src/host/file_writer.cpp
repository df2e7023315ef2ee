#include "host/file_writer.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "base/text.hpp"
#include "host/posix_file.hpp"

namespace nvprov {
namespace {

std::string folder_above(const std::string& path) { return path.substr(0, path.rfind('/')); }

// Left by a run that is no more.
bool is_leftover(const std::string& file_name, const std::string& name) {
  if (!file_name.starts_with(name + "-")) return false;
  const auto process = parse_number(std::string_view(file_name).substr(name.size() + 1));
  return process && ::kill(static_cast<pid_t>(*process), 0) != 0 && errno == ESRCH;
}

void remove_leftovers(const std::string& parent, const std::string& name) {
  std::error_code ignored;
  for (const auto& item : std::filesystem::directory_iterator(parent, ignored))
    if (is_leftover(item.path().filename().string(), name)) std::filesystem::remove_all(item.path(), ignored);
}

}  // namespace

struct FileWriter::State {
  std::string path;
  std::uint32_t mode = 0644;
  FileDescriptor file;
  bool is_finished = false;
};

FileWriter::FileWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
FileWriter::FileWriter(FileWriter&&) noexcept = default;

FileWriter::~FileWriter() {
  if (state_ && !state_->is_finished) ::unlink(state_->path.c_str());
}

Result<FileWriter> FileWriter::create(const std::string& path, std::uint32_t mode) {
  if (const Status made = make_real_directory(folder_above(path), folder_above(path), 0755); !made)
    return fail(made.error());
  auto state = std::make_unique<State>();
  state->file = FileDescriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!state->file.is_open()) return fail(system_error("write", path, errno));
  state->path = path;
  state->mode = mode;
  return FileWriter(std::move(state));
}

Status FileWriter::add(std::string_view bytes) {
  if (const int error = write_all(state_->file.get(), bytes); error != 0)
    return fail(system_error("write", state_->path, error));
  return {};
}

Status FileWriter::finish() {
  if (::fchmod(state_->file.get(), static_cast<mode_t>(state_->mode)) != 0 || state_->file.close() != 0)
    return fail(system_error("write", state_->path, errno));
  state_->is_finished = true;
  return {};
}

Result<WorkFolder> WorkFolder::make(const std::string& parent, const std::string& name, std::uint32_t mode) {
  if (const Status made = make_real_directory(parent, parent, 0755); !made) return fail(made.error());
  remove_leftovers(parent, name);
  const std::string path = fmt::format("{}/{}-{}", parent, name, ::getpid());
  // Ours alone: what has this number in its name is of a process that is no more.
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
  if (::mkdir(path.c_str(), 0700) != 0) return fail(system_error("make the folder", path, errno));
  WorkFolder folder(path);
  if (::chmod(path.c_str(), static_cast<mode_t>(mode)) != 0) return fail(system_error("set the mode of", path, errno));
  return folder;
}

WorkFolder::~WorkFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace nvprov
