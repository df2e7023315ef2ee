#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"

namespace nvprov {

// What rpm's database says of installed packages, in one question; as pure functions.

// "glibc >= 2.34": of a rich dependency the name is the whole of it, "(a if b)".
struct RpmRelation {
  std::string name;
  std::string comparison;  // "<", "<=", "=", ">=", ">"; "" any version
  std::string version;     // as rpm has it, an epoch of 0 included

  bool operator==(const RpmRelation&) const = default;
};

struct InstalledRpm {
  std::string name;
  std::string version;  // as rpm_version_text()
  std::string architecture;
  std::uint64_t installed_bytes = 0;
  std::vector<RpmRelation> needs;
  std::vector<RpmRelation> provided;
  std::vector<RpmRelation> conflicts;
  std::vector<RpmRelation> obsoletes;
  std::vector<std::string> files;  // all, as dnf reads them: any may be what another package needs

  bool operator==(const InstalledRpm&) const = default;
};

// The question; `database` is the folder of the target's.
std::vector<std::string> rpm_query_argv(const std::string& database);

// What it prints, keys and rpm's own features ("rpmlib(...)") left out.
std::vector<InstalledRpm> parse_installed_rpms(std::string_view output, Diagnostics& problems);

}  // namespace nvprov
