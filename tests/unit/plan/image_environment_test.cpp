#include "plan/image_environment.hpp"

#include "support/catch.hpp"

using namespace nvprov;

namespace {

Profile profile(std::string id, std::vector<EnvironmentVariable> environment) {
  Profile made;
  made.id = std::move(id);
  made.image.environment = std::move(environment);
  return made;
}

Catalog two_profiles() {
  Catalog catalog;
  catalog.profiles = {profile("a", {{.name = "DEVICES", .value = "all"}, {.name = "NEEDS", .value = "cuda>={cuda_release}"}}),
                      profile("b", {{.name = "DEVICES", .value = "none"}, {.name = "MORE", .value = "yes"}})};
  return catalog;
}

Resolution for_image(std::vector<std::string> profiles) {
  Resolution resolution;
  resolution.target = Target::image;
  resolution.profiles = std::move(profiles);
  resolution.cuda.emplace_back().release = "99.1";
  return resolution;
}

}  // namespace

TEST_CASE("an image carries its profile's variables with the CUDA release put in") {
  const std::vector<EnvironmentVariable> expected = {{.name = "DEVICES", .value = "all"},
                                                     {.name = "NEEDS", .value = "cuda>=99.1"}};
  CHECK(image_environment(two_profiles(), for_image({"a"})) == expected);
}

TEST_CASE("of two profiles that name one variable the first is heard") {
  const std::vector<EnvironmentVariable> expected = {
      {.name = "DEVICES", .value = "all"}, {.name = "NEEDS", .value = "cuda>=99.1"}, {.name = "MORE", .value = "yes"}};
  CHECK(image_environment(two_profiles(), for_image({"a", "b"})) == expected);
}

TEST_CASE("an image without CUDA says nothing of its release") {
  Resolution resolution = for_image({"a"});
  resolution.cuda.clear();
  CHECK(image_environment(two_profiles(), resolution) == std::vector<EnvironmentVariable>{{.name = "DEVICES", .value = "all"}});
}

TEST_CASE("a host needs no variables of an image") {
  Resolution resolution = for_image({"a"});
  resolution.target = Target::host;
  CHECK(image_environment(two_profiles(), resolution).empty());
}
