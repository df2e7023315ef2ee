#include "plan/package_marks.hpp"

#include <fmt/format.h>

#include "base/version.hpp"
#include "packages/apt.hpp"

namespace nvprov {
namespace {

// "13.3.1" is of release 13.3.
bool asks_for_a_driver(const InstalledPackage& package, const DrawnDriver& drawn) {
  const auto version = Version::parse(upstream_version(package.version));
  const auto last = Version::parse(drawn.last_release);
  return version && last && (version->starts_with(*last) || *version < *last);
}

}  // namespace

std::vector<SetPackageMark> package_marks(const HostFacts& facts, const PackageSource& source,
                                          const Resolution& resolution) {
  if (!resolution.driver || !resolution.driver->kept || !source.drawn_driver) return {};
  const DrawnDriver& drawn = *source.drawn_driver;
  const InstalledPackage* by = find_installed(facts, drawn.by);
  if (by == nullptr || !asks_for_a_driver(*by, drawn)) return {};
  SetPackageMark step{.packages = {},
                      .purpose = fmt::format("the driver stays when {} no longer asks for it", drawn.by)};
  for (const std::string& name : drawn.packages)
    if (const InstalledPackage* package = find_installed(facts, name); package != nullptr && package->automatic)
      step.packages.push_back(name);
  if (step.packages.empty()) return {};
  return {std::move(step)};
}

}  // namespace nvprov
