#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "host/host.hpp"
#include "model/facts.hpp"

namespace nvprov {

// One index of packages in apt's lists folder and the release it belongs to.
struct PackageIndex {
  std::string file;     // "mirror.example.org_debian_dists_bookworm_main_binary-amd64_Packages"
  std::string release;  // "mirror.example.org_debian_dists_bookworm"; "" if no release file goes with it

  bool operator==(const PackageIndex&) const = default;
};

// The indexes among the names of a lists folder; a compressed one is a problem, it cannot be read here.
std::vector<PackageIndex> package_indexes(const std::vector<std::string>& names, Diagnostics& problems);
// The Origin field of a Release or InRelease file; "" if it has none.
std::string parse_release_origin(std::string_view text);
// Those of the wanted "name version" pairs that an index offers.
std::unordered_set<std::string> offered_pairs(std::string_view index, const std::unordered_set<std::string>& wanted);

// Sets origin and site of the packages of these names, each from the first index that offers its very version; no
// index is opened when none of them is installed.
void detect_origins(const HostView& host, const std::unordered_set<std::string>& names,
                    std::vector<InstalledPackage>& packages, Diagnostics& diagnostics);

}  // namespace nvprov
