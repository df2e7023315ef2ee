#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace nvprov {

// Where in a bundle the file of an address lies: "mirror/https/example.org_8443/debian/dists/bookworm/InRelease". What
// an address is above another one its place is above the other's, so that apt and dnf find a repository in the folder
// of its address. nullopt for an address that cannot have a place: another scheme than https, http and file, or a path
// with ".." in it.
std::optional<std::string> mirror_path(std::string_view url);

// The address without user and password.
std::string without_credentials(std::string_view url);

}  // namespace nvprov
