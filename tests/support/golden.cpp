#include "support/golden.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "base/text.hpp"
#include "support/catch.hpp"

namespace nvprov::test {
namespace {

std::string read_expected(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

// Whole files in a failure are unreadable; the first difference is what one looks for.
std::string first_difference(const std::string& expected, const std::string& actual) {
  const auto expected_lines = split_lines(expected);
  const auto actual_lines = split_lines(actual);
  std::size_t line = 0;
  while (line < expected_lines.size() && line < actual_lines.size() && expected_lines[line] == actual_lines[line])
    ++line;
  const auto show = [&](const std::vector<std::string_view>& lines) {
    return line < lines.size() ? std::string(lines[line]) : std::string("(the end)");
  };
  return "line " + std::to_string(line + 1) + "\n  expected: " + show(expected_lines) +
         "\n  actual:   " + show(actual_lines);
}

}  // namespace

void check_golden(const std::string& name, const std::string& text) {
  const std::filesystem::path file = std::filesystem::path(NVPROV_SOURCE_DIR) / "tests/golden" / name;
  const char* accept = std::getenv("NVPROV_ACCEPT");
  if (accept != nullptr && std::string_view(accept) == "1") {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }
  const std::string expected = read_expected(file);
  INFO("tests/golden/" << name << " differs at " << first_difference(expected, text)
                       << "\nif the new text is right: NVPROV_ACCEPT=1 ctest, then read the diff");
  CHECK((expected == text));
}

}  // namespace nvprov::test
