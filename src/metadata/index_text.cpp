#include "metadata/index_text.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <memory>

// Unlike libsolv's other headers this one does not say it itself.
extern "C" {
#include <solv/solv_xfopen.h>
}

#include "base/text.hpp"

namespace nvprov {
namespace {

constexpr std::size_t largest = std::size_t{1} << 30;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

Result<std::string> read_index_text(const std::string& path) {
  const std::unique_ptr<std::FILE, CloseFile> file(solv_xfopen(path.c_str(), "r"));
  if (!file) return fail(fmt::format("the index {} cannot be opened", path));
  std::string text;
  std::array<char, 1 << 16> part = {};
  while (const std::size_t count = std::fread(part.data(), 1, part.size(), file.get())) {
    text.append(part.data(), count);
    if (text.size() > largest) return fail(fmt::format("the index {} is larger than {}", path, format_bytes(largest)));
  }
  if (std::ferror(file.get()) != 0) return fail(fmt::format("the index {} cannot be unpacked", path));
  return text;
}

}  // namespace nvprov
