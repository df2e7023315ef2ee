#pragma once

#include <string_view>

namespace nvprov {

// Somebody else's work that is part of this program's file: texts compiled in.
struct LinkedComponent {
  std::string_view name;     // "OpenSSL"
  std::string_view version;  // what was built against
  std::string_view spdx;     // "Apache-2.0"
  std::string_view text;     // the whole licence

  bool operator==(const LinkedComponent&) const = default;
};

}  // namespace nvprov
