#include "host/tar_writer.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "host/posix_file.hpp"

namespace nvprov {
namespace {

struct EntryCloser {
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};
using NewEntry = std::unique_ptr<archive_entry, EntryCloser>;

std::string temporary_beside(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return fmt::format("{}/.{}.nvprov-new", path.substr(0, slash), path.substr(slash + 1));
}

}  // namespace

struct TarWriter::State {
  struct Closer {
    void operator()(archive* handle) const { archive_write_free(handle); }
  };
  std::string path;
  std::string temporary;
  std::int64_t modified = 0;
  FileDescriptor file;
  std::unique_ptr<archive, Closer> opened;
};

TarWriter::TarWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
TarWriter::TarWriter(TarWriter&&) noexcept = default;

TarWriter::~TarWriter() {
  if (!state_) return;
  state_->opened.reset();
  if (!state_->temporary.empty()) ::unlink(state_->temporary.c_str());
}

Result<TarWriter> TarWriter::create(const std::string& path, std::int64_t modified) {
  auto state = std::make_unique<State>();
  state->path = path;
  state->modified = modified;
  const std::string temporary = temporary_beside(path);
  ::unlink(temporary.c_str());  // what an interrupted run left
  state->file = FileDescriptor(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644));
  if (!state->file.is_open()) return fail(system_error("write", path, errno));
  state->temporary = temporary;
  state->opened.reset(archive_write_new());
  archive* opened = state->opened.get();
  const bool is_set_up = archive_write_set_format_pax_restricted(opened) == ARCHIVE_OK &&
                         archive_write_add_filter_zstd(opened) == ARCHIVE_OK &&
                         // Packages are packed already.
                         archive_write_set_filter_option(opened, "zstd", "compression-level", "3") == ARCHIVE_OK &&
                         archive_write_open_fd(opened, state->file.get()) == ARCHIVE_OK;
  if (!is_set_up) return fail(fmt::format("could not write {}: {}", path, archive_error_string(opened)));
  return TarWriter(std::move(state));
}

Status TarWriter::begin(const std::string& name, std::uint64_t size, std::uint32_t mode) {
  const NewEntry entry(archive_entry_new());
  archive_entry_set_pathname(entry.get(), name.c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
  archive_entry_set_perm(entry.get(), static_cast<mode_t>(mode));
  archive_entry_set_mtime(entry.get(), state_->modified, 0);
  if (archive_write_header(state_->opened.get(), entry.get()) == ARCHIVE_OK) return {};
  return fail(fmt::format("could not write {}: {}", state_->path, archive_error_string(state_->opened.get())));
}

Status TarWriter::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const la_ssize_t count = archive_write_data(state_->opened.get(), bytes.data(), bytes.size());
    if (count <= 0)
      return fail(fmt::format("could not write {}: {}", state_->path, archive_error_string(state_->opened.get())));
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

Status TarWriter::add(const std::string& name, std::string_view content, std::uint32_t mode) {
  if (const Status begun = begin(name, content.size(), mode); !begun) return begun;
  return write(content);
}

Status TarWriter::add_file(const std::string& name, const std::string& file, std::uint64_t size, std::uint32_t mode) {
  const FileDescriptor source(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!source.is_open()) return fail(system_error("read", file, errno));
  if (const Status begun = begin(name, size, mode); !begun) return begun;
  std::string bytes(256UL * 1024, '\0');
  std::uint64_t done = 0;
  for (;;) {
    const ssize_t count = ::read(source.get(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail(system_error("read", file, errno));
    if (count == 0) break;
    done += static_cast<std::uint64_t>(count);
    if (done > size) break;
    if (const Status written = write({bytes.data(), static_cast<std::size_t>(count)}); !written) return written;
  }
  if (done == size) return {};
  return fail(fmt::format("{} changed while it was read", file));
}

Result<std::uint64_t> TarWriter::finish() {
  if (archive_write_close(state_->opened.get()) != ARCHIVE_OK)
    return fail(fmt::format("could not write {}: {}", state_->path, archive_error_string(state_->opened.get())));
  struct stat status {};
  if (::fstat(state_->file.get(), &status) != 0 || ::fsync(state_->file.get()) != 0 || state_->file.close() != 0 ||
      ::rename(state_->temporary.c_str(), state_->path.c_str()) != 0)
    return fail(system_error("write", state_->path, errno));
  state_->temporary.clear();
  return static_cast<std::uint64_t>(status.st_size);
}

}  // namespace nvprov
