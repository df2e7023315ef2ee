#include "resolve/known_obstacle.hpp"

#include <algorithm>

#include "base/append.hpp"
#include "resolve/offers.hpp"

namespace nvprov {
namespace {

std::optional<Obstacle> missing_package(const Distro& distro, const ComponentPackages& component) {
  for (const PackageNeed& need : component.needs) {
    const auto lacking = std::ranges::find(distro.lacks, need.package, &LackingPackage::package);
    if (lacking == distro.lacks.end()) continue;
    Obstacle obstacle{.kind = ObstacleKind::package_missing,
                      .component = component.component,
                      .package = need.package,
                      .sources = need.sources};
    append(obstacle.sources, lacking->sources);
    return obstacle;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Obstacle> known_obstacle(const Distro& distro, const CudaOffer& offer, std::string_view component,
                                       Target target, std::string_view architecture) {
  for (const ComponentPackages& each : offer.components) {
    if (each.component != component || !is_made_for(each, architecture)) continue;
    if (auto missing = missing_package(distro, each)) return missing;
    if (target == Target::image && each.brings_driver)
      return Obstacle{.kind = ObstacleKind::brings_driver,
                      .component = each.component,
                      .package = each.packages.front(),
                      .sources = offer.sources};
  }
  return std::nullopt;
}

}  // namespace nvprov
