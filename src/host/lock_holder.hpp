#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"

namespace nvprov {

// Who holds a lock of fcntl's kind on a file of the machine nvprov runs on: "apt-get (pid 4711)"; nullopt when nobody
// (but this process itself) does, or the file is not there.
Result<std::optional<std::string>> file_lock_holder(const std::string& path);

}  // namespace nvprov
