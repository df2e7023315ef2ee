#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace nvprov {

// The bytes in an armored public key block. An error for text around it, a broken line or a checksum that does not
// hold (RFC 9580 makes the checksum optional).
Result<std::string> dearmored(std::string_view text);

}  // namespace nvprov
