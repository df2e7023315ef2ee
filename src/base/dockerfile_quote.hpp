#pragma once

#include <string>
#include <string_view>

namespace nvprov {

// The value as it must stand behind `ENV NAME=` in a Dockerfile to mean exactly these bytes; plain words stay as they
// are. A value holds no line end.
std::string dockerfile_quote(std::string_view value);

}  // namespace nvprov
