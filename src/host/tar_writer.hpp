#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace nvprov {

// A tar archive packed by zstd, of files alone. It is written beside its place and put there when it is whole; one that
// is not finished leaves nothing. Owners are root and times those given: the same files give the same bytes.
class TarWriter {
 public:
  // `path`: on this machine. `modified`: seconds since the epoch, of every member.
  static Result<TarWriter> create(const std::string& path, std::int64_t modified);
  TarWriter(TarWriter&&) noexcept;
  TarWriter& operator=(TarWriter&&) = delete;
  ~TarWriter();

  Status add(const std::string& name, std::string_view content, std::uint32_t mode);
  // A file of this machine, which must have exactly this size.
  Status add_file(const std::string& name, const std::string& file, std::uint64_t size, std::uint32_t mode);
  // Syncs the archive and puts it in its place; its size in bytes.
  Result<std::uint64_t> finish();

 private:
  struct State;
  explicit TarWriter(std::unique_ptr<State> state);
  Status begin(const std::string& name, std::uint64_t size, std::uint32_t mode);
  Status write(std::string_view bytes);

  std::unique_ptr<State> state_;
};

}  // namespace nvprov
