#pragma once

#include <fstream>
#include <sstream>
#include <string>

namespace nvprov {

// What the real apt said: tests/recorded/<name>, see the README there.
inline std::string recorded(const std::string& name) {
  const std::ifstream file(std::string(NVPROV_SOURCE_DIR) + "/tests/recorded/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace nvprov
