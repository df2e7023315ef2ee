#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nvprov {

// The lines of `apt-config dump` that shape what is downloaded and from where (proxies, time limits, the default
// release). Nothing that names a file to write or a program to run passes, least of all hooks: a folder given with
// --root may hold anybody's configuration. With `trusted_programs` the host's own program that finds a proxy stays.
std::vector<std::string> kept_settings(std::string_view dump, bool trusted_programs);

}  // namespace nvprov
