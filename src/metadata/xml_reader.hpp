#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace nvprov {

// Names come without their prefix: "mm0:timestamp" is "timestamp".
struct XmlHandler {
  std::function<void(const std::string& name, const std::map<std::string, std::string>& attributes)> on_start;
  // With the text that stood in it, blanks at both ends gone.
  std::function<void(const std::string& name, const std::string& text)> on_end;
};

// Reads a whole document; an error with its line for one that is not well-formed, and for one with a DOCTYPE, through
// which a short text could become endless.
Status read_xml(std::string_view document, const XmlHandler& handler);

}  // namespace nvprov
