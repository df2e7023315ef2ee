#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "support/catch.hpp"

namespace nvprov {

// Compares a text with tests/golden/<relative_path>. NVPROV_ACCEPT=1 writes the file instead: read the diff.
inline void check_golden(const std::string& relative_path, const std::string& text) {
  const std::string path = std::string(NVPROV_SOURCE_DIR) + "/tests/golden/" + relative_path;
  if (std::getenv("NVPROV_ACCEPT") != nullptr) {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }
  std::ifstream file(path, std::ios::binary);
  INFO("golden file " << path << "; rewrite it with NVPROV_ACCEPT=1 and read the diff");
  REQUIRE(file.good());
  const std::string expected{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  CHECK(text == expected);
}

}  // namespace nvprov
