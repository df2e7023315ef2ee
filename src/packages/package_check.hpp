#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/facts.hpp"

namespace nvprov {

// Whether files are as their packages brought them, as dpkg and rpm say it.

struct AlteredFile {
  std::string path;
  bool is_missing = false;  // else its content differs

  bool operator==(const AlteredFile&) const = default;
};

// The question about these packages. `database`: the folder of rpm's, "" for dpkg.
std::vector<std::string> package_check_argv(const std::vector<InstalledPackage>& packages, const std::string& database);

// Of what the answer names, the files that count: not configuration, which is the administrator's, not documentation,
// which small systems leave out, and with rpm not what has another time, owner or mode alone.
std::vector<AlteredFile> parse_package_check(std::string_view output);

}  // namespace nvprov
