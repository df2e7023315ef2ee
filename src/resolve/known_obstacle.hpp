#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/catalog.hpp"
#include "model/request.hpp"

namespace nvprov {

enum class ObstacleKind {
  package_missing,  // a package it needs is not in the distribution
  brings_driver,    // it depends on the driver's own libraries, which no image may have
};

// Why a component of a CUDA release is known not to install, or not as it should.
struct Obstacle {
  ObstacleKind kind = ObstacleKind::package_missing;
  std::string component;
  std::string package;  // what is missing: "libtinfo5"; or the first of its packages
  std::vector<Source> sources;

  bool operator==(const Obstacle&) const = default;
};

// The first that is known; nullopt says that nothing is known against it, not that it installs.
std::optional<Obstacle> known_obstacle(const Distro& distro, const CudaOffer& offer, std::string_view component,
                                       Target target, std::string_view architecture);

}  // namespace nvprov
