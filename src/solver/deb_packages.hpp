#pragma once

#include <string>
#include <string_view>
#include <vector>

struct s_Repo;

namespace nvprov {

// Debian's packages as libsolv's. libsolv knows no Multi-Arch, so names carry it: a package of a foreign architecture
// is called "libc6:i386", one any architecture may use provides its name for each, "python3:any" is a name of its own.
// Recommends and Suggests are left out: nvprov never follows them. libsolv's own reader is not used: it drops sizes,
// and takes what a package may replace for what it removes (libsolv 0.7.23).

struct DebArchitectures {
  std::string native;                // "amd64"
  std::vector<std::string> foreign;  // those dpkg was told of

  bool operator==(const DebArchitectures&) const = default;
};

// Adds the packages of a list as an archive publishes it ("Packages"); those of other architectures are left out.
void add_offered_debs(s_Repo* repo, std::string_view list, const DebArchitectures& architectures);

// Adds what dpkg's status file says is there.
void add_installed_debs(s_Repo* repo, std::string_view status, const DebArchitectures& architectures);

// The name as packages files have it, of the name in the pool: "libc6" of "libc6:i386".
std::string_view plain_deb_name(std::string_view name);

}  // namespace nvprov
