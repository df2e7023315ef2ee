#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace nvprov {

// Where a target's absolute path is on the machine nvprov runs on: every component is looked at, symbolic links are
// followed inside the root (an absolute one starts at the root again, ".." stops there). The last component is
// followed only if asked. Components that do not exist are kept as they are. Fails on a loop (over 40 links).
Result<std::string> rooted_path(std::string_view root, std::string_view path, bool follow_last);

// The same walk below any tree that answers what a link says ("" for anything else): `base` is put before each path it
// is asked for, and before the answer.
Result<std::string> walked_path(const std::string& base, std::string_view path, bool follow_last,
                                const std::function<std::string(const std::string& path)>& link_text);

}  // namespace nvprov
