#pragma once

#include <string>

#include "model/facts.hpp"
#include "report/layout.hpp"

namespace nvprov {

// Parts of facts_text(), each the indented lines below its heading.
std::string driver_section(const HostFacts& facts, const TextOptions& options);
std::string cuda_section(const HostFacts& facts);
std::string container_section(const HostFacts& facts);
std::string package_section(const HostFacts& facts, const TextOptions& options);
std::string environment_section(const HostFacts& facts, const TextOptions& options);

}  // namespace nvprov
