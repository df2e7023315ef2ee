#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "host/host.hpp"
#include "model/facts.hpp"

namespace nvprov {

// True if one kernel release is older than another: digits compared as numbers ("6.1.0-9" before "6.1.0-41").
bool older_release(std::string_view left, std::string_view right);
// "nvidia-current.ko.xz" is one, "nvidiafb.ko" (the kernel's own frame buffer driver) is not, nor are folders.
bool is_nvidia_module(std::string_view name);
// `running`: the release this very host runs, where that may be asked.
KernelFacts detect_kernel(const HostView& host, const std::optional<std::string>& running, Diagnostics& diagnostics);

}  // namespace nvprov
