#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "base/result.hpp"

namespace nvprov {

struct InputLine {
  std::size_t number = 0;    // from 1
  std::string text;          // without its line end
  bool is_too_long = false;  // then nothing of it was kept

  bool operator==(const InputLine&) const = default;
};

// The lines of an open file that may be a pipe, one after another and never more than one in memory.
class LineReader {
 public:
  // `longest`: the bytes a line may have.
  LineReader(int descriptor, std::size_t longest) : descriptor_(descriptor), longest_(longest) {}

  // The next line; nullopt at the end.
  Result<std::optional<InputLine>> next();

 private:
  // False at the end of the file.
  Result<bool> fill();

  int descriptor_;
  std::size_t longest_;
  std::size_t number_ = 0;
  std::string buffer_;
  std::size_t used_ = 0;  // bytes of the buffer that were given out
};

// All that standard input holds, unless that is more than `most` bytes.
Result<std::string> read_standard_input(std::size_t most);

}  // namespace nvprov
