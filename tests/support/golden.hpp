#pragma once

#include <string>

namespace nvprov::test {

// Compares a text with tests/golden/<name>, and fails the running test case where they differ, showing the first line
// that does. With NVPROV_ACCEPT=1 in the environment the file is rewritten instead; read the difference it makes.
void check_golden(const std::string& name, const std::string& text);

}  // namespace nvprov::test
