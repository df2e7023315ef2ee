// Build tool: checks the data files and writes them as C++ that decodes to the catalog.
// usage: nvprov_embed SOURCE_FOLDER OUTPUT.cpp
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "catalog/catalog.hpp"
#include "catalog/checks.hpp"
#include "catalog/concepts.hpp"
#include "catalog/packed_files.hpp"

namespace {

namespace fs = std::filesystem;

std::string read_text(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void add_folder(const fs::path& top, const char* folder, std::vector<nvprov::DataFile>& files) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(top / folder, error))
    if (entry.is_regular_file() && entry.path().extension() == ".json")
      files.push_back({entry.path().lexically_relative(top).generic_string(), read_text(entry.path())});
  if (error) fmt::print(stderr, "{}: {}\n", folder, error.message());
}

std::string escaped(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const bool is_plain = c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != '?';
    text += is_plain ? std::string(1, c) : fmt::format("\\{:03o}", static_cast<unsigned char>(c));
  }
  return text;
}

// A string literal compiles many times faster than a list of numbers.
std::string literal(std::string_view name, std::string_view bytes) {
  constexpr std::size_t line_length = 100;
  std::string text = fmt::format("constexpr char {}[] =\n", name);
  for (std::size_t start = 0; start < bytes.size(); start += line_length)
    text += fmt::format("    \"{}\"\n", escaped(bytes.substr(start, line_length)));
  return text + "    ;\n";
}

std::string render(std::string_view catalog, std::string_view files) {
  return "// Made by nvprov_embed from manifests/ and distros/.\n"
         "#include \"catalog/catalog.hpp\"\n"
         "#include \"catalog/packed_files.hpp\"\n\n"
         "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n"
         "namespace nvprov {\nnamespace {\n\n" +
         literal("catalog_bytes", catalog) + "\n" + literal("file_bytes", files) +
         "\n}  // namespace\n\n"
         "Catalog embedded_catalog() { return decode_catalog(unpack_text({catalog_bytes, sizeof(catalog_bytes) - 1})); "
         "}\n"
         "std::vector<DataFile> embedded_files() { return unpack_files({file_bytes, sizeof(file_bytes) - 1}); }\n\n"
         "}  // namespace nvprov\n";
}

int print_problems(const nvprov::Diagnostics& problems) {
  for (const nvprov::Diagnostic& problem : problems) {
    fmt::print(stderr, "{}: {}: {}\n", problem.file, problem.place, problem.message);
    if (!problem.hint.empty()) fmt::print(stderr, "    hint: {}\n", problem.hint);
  }
  return 1;
}

int write_text(const char* path, std::string_view text) {
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream << text << std::flush;
  if (stream) return 0;
  fmt::print(stderr, "{}: cannot be written\n", path);
  return 1;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    fmt::print(stderr, "usage: nvprov_embed SOURCE_FOLDER OUTPUT.cpp\n");
    return 2;
  }
  std::vector<nvprov::DataFile> files;
  add_folder(arguments[1], "manifests", files);
  add_folder(arguments[1], "distros", files);
  const auto catalog = nvprov::load_catalog(files);
  if (!catalog) return print_problems(catalog.error());
  if (const auto concepts = nvprov::load_concepts(files); !concepts) return print_problems(concepts.error());
  if (const auto checks = nvprov::load_checks(files); !checks) return print_problems(checks.error());
  std::erase_if(files, [](const nvprov::DataFile& file) { return file.path.starts_with("manifests/schema/"); });
  std::ranges::sort(files, {}, &nvprov::DataFile::path);
  return write_text(arguments[2],
                    render(nvprov::pack_text(nvprov::encode_catalog(*catalog)), nvprov::pack_files(files)));
}
