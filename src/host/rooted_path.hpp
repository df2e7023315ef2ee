#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace nvprov {

// Where a target's absolute path is on the machine nvprov runs on: every component is looked at, symbolic links are
// followed inside the root (an absolute one starts at the root again, ".." stops there). The last component is
// followed only if asked. Components that do not exist are kept as they are. Fails on a loop (over 40 links).
Result<std::string> rooted_path(std::string_view root, std::string_view path, bool follow_last);

}  // namespace nvprov
