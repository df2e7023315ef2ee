#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/result.hpp"

namespace nvprov {

// One member of an archive, by its header.
struct TarEntry {
  std::string name;      // as it is written there
  bool is_file = false;  // and no folder, link or device
  std::uint64_t size = 0;

  bool operator==(const TarEntry&) const = default;
};

// A tar archive packed by zstd, or not packed, read from beginning to end; nothing of it is unpacked by itself.
class TarReader {
 public:
  // `path`: on this machine. An error of kind usage where there is none or it is no such archive.
  static Result<TarReader> open(const std::string& path);
  TarReader(TarReader&&) noexcept;
  TarReader& operator=(TarReader&&) = delete;
  ~TarReader();

  // The next member; nullopt at the end. An error for an archive that is damaged or cut off.
  Result<std::optional<TarEntry>> next();
  // Bytes of this member into `buffer`; 0 at its end.
  Result<std::size_t> read(char* buffer, std::size_t size);

 private:
  struct State;
  explicit TarReader(std::unique_ptr<State> state);
  Error damaged() const;

  std::unique_ptr<State> state_;
};

}  // namespace nvprov
