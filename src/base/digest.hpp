#pragma once

#include <string>
#include <string_view>

namespace nvprov {

// SHA-256 of the bytes, as 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);
// SHA-1, as 40 lower-case hex digits: only for names others made with it (fingerprints of OpenPGP keys).
std::string sha1_hex(std::string_view bytes);

}  // namespace nvprov
