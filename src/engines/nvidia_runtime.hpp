#pragma once

#include <string_view>

namespace nvprov {

// Whether a program is one of NVIDIA's container runtimes: nvidia-container-runtime, or that with .cdi or .legacy, in
// any folder.
bool is_nvidia_runtime(std::string_view program);

}  // namespace nvprov
