#pragma once

#include <string>

#include "base/result.hpp"

namespace nvprov {

// The text of an index file of this machine, unpacked as its name says (".xz", ".gz", ".zst", or as it is). A larger
// one than any archive has is an error: a small file can unpack to an endless one.
Result<std::string> read_index_text(const std::string& path);

}  // namespace nvprov
