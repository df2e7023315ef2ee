#pragma once

#include <string>
#include <string_view>

namespace nvprov {

// The text without what tells one machine from another of its kind: UUIDs, machine and container ids (32 or 64 hex
// digits) become zeros, values after "serial" become "removed", passwords in URLs and after "password=" "***". The same
// text gives the same.
std::string scrub(std::string_view text);

}  // namespace nvprov
