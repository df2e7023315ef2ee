#include "resolve/additions.hpp"

#include <algorithm>

#include "resolve/described_host.hpp"
#include "resolve/resolve.hpp"
#include "support/catch.hpp"
#include "support/whole_catalog.hpp"

using namespace nvprov;

namespace {

// For an image of Ubuntu 22.04 with CUDA 12.4 and cuDNN, where the repository was asked and holds these packages.
tl::expected<Resolution, Unsatisfiable> with_cudnn(const std::vector<PackageOffer>& offers) {
  const Catalog& catalog = whole_catalog();
  HostFacts facts = described_host(*find_distro(catalog, "ubuntu-22.04"), "x86_64");
  facts.observed_on = "2026-11-22";
  Request request;
  request.profiles = {"deploy"};
  request.source = "nvidia";
  request.cuda = {"12.4"};
  request.additions = {"cudnn"};
  request.target = Target::image;
  RepositoryMetadata metadata;
  metadata.known = !offers.empty();
  metadata.offers = offers;
  return resolve(facts, catalog, request, metadata);
}

PackageOffer offer(std::string name, std::string version) {
  PackageOffer offer;
  offer.name = std::move(name);
  offer.version = std::move(version);
  return offer;
}

}  // namespace

TEST_CASE("a library the repository does not hold is not offered, whatever the driver") {
  const auto refused = with_cudnn({offer("cuda-cudart-12-4", "12.4.127-1")});
  REQUIRE_FALSE(refused.has_value());
  const auto& conflicts = refused.error().conflicts;
  CHECK(std::ranges::find(conflicts, ConflictReason::addition_not_offered, &Conflict::reason) != conflicts.end());
  CHECK(std::ranges::find(conflicts, ConflictReason::addition_needs_newer_driver, &Conflict::reason) ==
        conflicts.end());
}

TEST_CASE("of a library the newest release the repository holds is taken") {
  const auto blind = with_cudnn({});
  REQUIRE(blind.has_value());
  const std::vector<PackageRequest> packages = blind->additions.front().packages;
  std::vector<PackageOffer> offers = {offer("cuda-cudart-12-4", "12.4.127-1")};
  for (const PackageRequest& package : packages) offers.push_back(offer(package.name, package.version.value_or("")));
  const auto answer = with_cudnn(offers);
  REQUIRE(answer.has_value());
  CHECK(answer->additions.front().packages == packages);
}
