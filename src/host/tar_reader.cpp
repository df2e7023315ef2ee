#include "host/tar_reader.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <sys/stat.h>

namespace nvprov {

struct TarReader::State {
  struct Closer {
    void operator()(archive* handle) const { archive_read_free(handle); }
  };
  std::string path;
  std::unique_ptr<archive, Closer> opened;
};

TarReader::TarReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
TarReader::TarReader(TarReader&&) noexcept = default;
TarReader::~TarReader() = default;

Error TarReader::damaged() const {
  const char* words = archive_error_string(state_->opened.get());
  return {.kind = ErrorKind::usage,
          .message = fmt::format("`{}` is damaged or cut off", state_->path),
          .because = {words != nullptr ? words : "it is no tar archive packed by zstd"},
          .hints = {"copy it again from where it was made"},
          .context = {}};
}

Result<TarReader> TarReader::open(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode))
    return fail(ErrorKind::usage, fmt::format("there is no file `{}`", path));
  auto state = std::make_unique<State>();
  state->path = path;
  state->opened.reset(archive_read_new());
  archive* opened = state->opened.get();
  archive_read_support_format_tar(opened);
  archive_read_support_filter_zstd(opened);
  archive_read_set_option(opened, "tar", "hdrcharset", "BINARY");
  constexpr std::size_t block_bytes = 64UL * 1024;
  const bool is_open = archive_read_open_filename(opened, path.c_str(), block_bytes) == ARCHIVE_OK;
  TarReader reader(std::move(state));
  if (!is_open)
    return fail(ErrorKind::usage, fmt::format("`{}` is no tar archive packed by zstd", path),
                {archive_error_string(opened)});
  return reader;
}

Result<std::optional<TarEntry>> TarReader::next() {
  archive_entry* entry = nullptr;
  const int status = archive_read_next_header(state_->opened.get(), &entry);
  if (status == ARCHIVE_EOF) return std::nullopt;
  if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return fail(damaged());
  const char* name = archive_entry_pathname(entry);
  const bool is_link = archive_entry_hardlink(entry) != nullptr || archive_entry_symlink(entry) != nullptr;
  const auto size = archive_entry_size(entry);
  return TarEntry{.name = name != nullptr ? name : "",
                  .is_file = archive_entry_filetype(entry) == AE_IFREG && !is_link,
                  .size = size > 0 ? static_cast<std::uint64_t>(size) : 0};
}

Result<std::size_t> TarReader::read(char* buffer, std::size_t size) {
  const la_ssize_t count = archive_read_data(state_->opened.get(), buffer, size);
  if (count < 0) return fail(damaged());
  return static_cast<std::size_t>(count);
}

}  // namespace nvprov
