#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace nvprov {

// The bytes in base64 (RFC 4648, padded, on one line).
std::string base64_encode(std::string_view bytes);
// The bytes again; nullopt for anything base64_encode() would not have written.
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace nvprov
