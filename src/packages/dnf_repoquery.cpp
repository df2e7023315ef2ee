#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "packages/dnf.hpp"

namespace nvprov {

Result<std::vector<PackageOffer>> parse_repoquery(std::string_view output) {
  std::vector<PackageOffer> offers;
  for (const std::string_view line : split_lines(output)) {
    if (line.empty()) continue;
    // Some versions of dnf print the two characters of "\t" where others print a tab.
    const std::vector<std::string> cells = split(replace_all(std::string(line), "\\t", "\t"), '\t');
    const auto download = cells.size() == 8 ? parse_number(cells[6]) : std::nullopt;
    const auto installed = cells.size() == 8 ? parse_number(cells[7]) : std::nullopt;
    if (!download || !installed) return fail(fmt::format("a line of dnf repoquery cannot be read: {}", line));
    offers.push_back({.name = cells[0],
                      .version = rpm_version_text(cells[1], cells[2], cells[3]),
                      .architecture = cells[4],
                      .origin = cells[5],
                      .suite = {},
                      .download_bytes = *download,
                      .installed_bytes = *installed,
                      .candidate = false});
  }
  std::ranges::stable_sort(offers, [](const PackageOffer& left, const PackageOffer& right) {
    if (const auto order = left.name <=> right.name; order != 0) return order < 0;
    return compare_rpm_versions(left.version, right.version) < 0;
  });
  return offers;
}

}  // namespace nvprov
