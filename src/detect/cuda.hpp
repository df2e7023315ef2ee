#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/host.hpp"
#include "model/facts.hpp"

namespace nvprov {

// The toolkit's version in its version.json, and in the version.txt of those before 11.1.
std::optional<std::string> parse_cuda_version_json(std::string_view text);
std::optional<std::string> parse_cuda_version_text(std::string_view text);
std::vector<CudaToolkit> detect_cuda_toolkits(const HostView& host, Diagnostics& diagnostics);

// Where update-alternatives has /usr/local/cuda lead; nullopt where it knows of none.
std::optional<AlternativeFacts> detect_cuda_alternative(const HostView& host, Diagnostics& diagnostics);

}  // namespace nvprov
