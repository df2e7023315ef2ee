#include "host/tar_of.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <memory>

namespace nvprov {
namespace {

struct WrittenArchiveCloser {
  void operator()(archive* handle) const { archive_write_free(handle); }
};

struct OnlyEntryCloser {
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

}  // namespace

Result<std::string> tar_of(const std::string& name, std::string_view content, std::uint32_t mode) {
  constexpr std::size_t block = 10240;  // as tar pads it
  std::string bytes((content.size() / block + 2) * block, '\0');
  std::size_t used = 0;
  const std::unique_ptr<archive, WrittenArchiveCloser> opened(archive_write_new());
  const std::unique_ptr<archive_entry, OnlyEntryCloser> entry(archive_entry_new());
  archive_entry_set_pathname(entry.get(), name.c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
  archive_entry_set_perm(entry.get(), static_cast<mode_t>(mode));
  const bool is_written =
      archive_write_set_format_pax_restricted(opened.get()) == ARCHIVE_OK &&
      archive_write_open_memory(opened.get(), bytes.data(), bytes.size(), &used) == ARCHIVE_OK &&
      archive_write_header(opened.get(), entry.get()) == ARCHIVE_OK &&
      archive_write_data(opened.get(), content.data(), content.size()) == static_cast<la_ssize_t>(content.size()) &&
      archive_write_close(opened.get()) == ARCHIVE_OK;
  if (!is_written) return fail(fmt::format("could not make an archive: {}", archive_error_string(opened.get())));
  bytes.resize(used);
  return bytes;
}

}  // namespace nvprov
