#pragma once

#include <string>
#include <string_view>

#include "solver/deb_packages.hpp"

struct s_Repo;

namespace nvprov {

// A list of packages in libsolv's own form, which is read many times faster than the text it was made from. It holds
// what nvprov takes from the text and nothing else; kept beside it, it spares the parsing.

// Changes with what add_offered_debs() takes from a list: what was packed otherwise must not be read.
constexpr std::string_view packed_list_format = "2";

// "" where there is no memory for it.
std::string pack_debs(std::string_view list, const DebArchitectures& architectures);

// Changes with what pack_rpms() takes from a list.
constexpr std::string_view packed_rpms_format = "1";

// The same of a list of rpm's packages on this machine, packed as its name says; "" also for what is no whole list.
std::string pack_rpms(const std::string& path);

// False for bytes that are no whole packed list; the repository is then of no use.
bool add_packed_list(s_Repo* repo, std::string_view bytes);

}  // namespace nvprov
