#pragma once

#include <string_view>

namespace nvprov {

// The programs of src/probes, as the bytes of their files; the build makes them.
std::string_view cuda_probe();
std::string_view container_probe();

}  // namespace nvprov
