#pragma once

#include <string>
#include <vector>

#include "explain/knowledge.hpp"

namespace nvprov {

// What a concept asks to be shown of the host ("driver", "toolkits", ...), as sentences.
std::vector<std::string> host_lines(const std::string& shown, const Here& here, const Knowledge& knowledge);

}  // namespace nvprov
