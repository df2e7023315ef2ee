#include "catalog/packed_files.hpp"

#include <zlib.h>

#include <stdexcept>

#include "base/text.hpp"

namespace nvprov {
namespace {

// "path\0text\0" of each file: JSON text holds no NUL.
std::string joined(std::span<const DataFile> files) {
  std::string text;
  for (const DataFile& file : files) {
    text += file.path;
    text += '\0';
    text += file.text;
    text += '\0';
  }
  return text;
}

std::string take_text(std::string_view& rest) {
  const std::size_t end = rest.find('\0');
  std::string text(rest.substr(0, end));
  rest.remove_prefix(end + 1);
  return text;
}

void require(int status, const char* what) {
  if (status != Z_OK) throw std::logic_error(what);
}

const Bytef* as_bytes(const char* text) { return reinterpret_cast<const Bytef*>(text); }
Bytef* as_bytes(char* text) { return reinterpret_cast<Bytef*>(text); }

}  // namespace

// The size stands first, in decimal and ended by a space: zlib wants to know it.
std::string pack_text(std::string_view text) {
  uLongf size = compressBound(text.size());
  std::string packed(size, '\0');
  require(compress2(as_bytes(packed.data()), &size, as_bytes(text.data()), text.size(), Z_BEST_COMPRESSION),
          "the data cannot be compressed");
  packed.resize(size);
  return std::to_string(text.size()) + ' ' + packed;
}

std::string unpack_text(std::string_view packed) {
  const std::size_t space = packed.find(' ');
  uLongf size = parse_number(packed.substr(0, space)).value_or(0);
  packed.remove_prefix(space + 1);
  std::string text(size, '\0');
  require(uncompress(as_bytes(text.data()), &size, as_bytes(packed.data()), packed.size()),
          "the embedded data are damaged");
  return text;
}

std::string pack_files(std::span<const DataFile> files) { return pack_text(joined(files)); }

std::vector<DataFile> unpack_files(std::string_view packed) {
  const std::string text = unpack_text(packed);
  std::vector<DataFile> files;
  for (std::string_view rest = text; !rest.empty();) {
    std::string path = take_text(rest);
    files.push_back({std::move(path), take_text(rest)});
  }
  return files;
}

}  // namespace nvprov
