#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace nvprov {

// The two parts of a clear-signed text (RFC 9580, section 7), as programs take them that check signatures beside a
// file. Nothing is checked here but the form: the signature speaks for `message` and for nothing else.
struct ClearSigned {
  std::string message;    // without the marks, without blanks at the ends of lines
  std::string signature;  // armored

  bool operator==(const ClearSigned&) const = default;
};

// An error for anything before, between or after the parts: a reader that passes over it would believe what nobody
// signed.
Result<ClearSigned> split_clear_signed(std::string_view text);

}  // namespace nvprov
