#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/catalog.hpp"
#include "model/plan.hpp"
#include "model/request.hpp"

namespace nvprov {

inline constexpr const char* profile_file_path = "/etc/profile.d/nvprov-cuda.sh";

// The file that puts the toolkit's programs on the search path of login shells, where it is asked for, is needed and is
// not there as it is to be. `present`: its text now, "" for none; nullopt: not looked at.
std::vector<WriteFile> profile_files(const Request& request, const PackageSource& source,
                                     const std::optional<std::string>& present);

}  // namespace nvprov
