#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace nvprov {

// Ed25519 signatures (RFC 8032) by OpenSSL, over the bytes themselves. Keys are PEM texts as
// `openssl genpkey -algorithm ed25519` and `openssl pkey -pubout` write them.

// The 64 bytes of the signature; an error of kind usage for a text that is no such private key.
Result<std::string> ed25519_sign(std::string_view private_key, std::string_view bytes);

// Whether it is the signature of these bytes; an error of kind usage for a text that is no such public key.
Result<bool> ed25519_verify(std::string_view public_key, std::string_view bytes, std::string_view signature);

}  // namespace nvprov
