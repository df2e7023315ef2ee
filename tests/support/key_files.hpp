#pragma once

#include <fstream>
#include <sstream>
#include <string>

#include "support/catch.hpp"

namespace nvprov::test {

// A key of tests/data/keys.
inline std::string key_file(const std::string& name) {
  std::ifstream file(std::string(NVPROV_SOURCE_DIR) + "/tests/data/keys/" + name, std::ios::binary);
  REQUIRE(file);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace nvprov::test
