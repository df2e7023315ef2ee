// Where a package stands on a plan, and why another does not.
#include "explain/plan_place.hpp"

#include "support/catch.hpp"
#include "unit/explain/samples.hpp"

using namespace nvprov;
namespace explained = nvprov::explain_samples;

namespace {

PlanPlace plan_place_of(const Plan& plan, const std::string& name) {
  return place_on_plan(plan, explained::catalog(), name).place;
}

Absence absence_of(const Plan& plan, const std::string& name) {
  return absence_from_plan(plan, explained::catalog(), name).why;
}

}  // namespace

TEST_CASE("what is asked for stands on the plan as what it is") {
  const Plan plan = explained::plan_of("debian12-t4");
  CHECK(plan_place_of(plan, "libcuda1") == PlanPlace::component);
  CHECK(plan_place_of(plan, "nvidia-kernel-dkms") == PlanPlace::module);
  CHECK(plan_place_of(plan, "libcudart11.0") == PlanPlace::cuda);
  CHECK(plan_place_of(plan, "linux-headers-amd64") == PlanPlace::headers);
  const PlacedPackage placed = place_on_plan(plan, explained::catalog(), "nvidia-smi");
  CHECK(placed.component == "management");
  REQUIRE(placed.source != nullptr);
  CHECK(placed.source->id == "distro");
  REQUIRE(placed.set != nullptr);
  CHECK(placed.set->id == "current");
}

TEST_CASE("a library asked for by name is told apart from the profile's") {
  Plan plan = explained::plan_of("debian12-t4");
  plan.resolution.cuda.front().packages.emplace_back("libcublas11");
  CHECK(place_on_plan(plan, explained::catalog(), "libcublas11").asked_by.starts_with("--libraries "));
  CHECK(place_on_plan(plan, explained::catalog(), "libcudart11.0").asked_by.empty());
}

TEST_CASE("what comes along without being asked for is a dependency") {
  Plan plan = explained::plan_of("debian12-t4");
  PackageChange drawn_in;
  drawn_in.name = "libvdpau1";
  plan.closure.packages.push_back(drawn_in);
  CHECK(plan_place_of(plan, "libvdpau1") == PlanPlace::dependency);
  CHECK(plan_place_of(plan, "libdrm2") == PlanPlace::absent);
}

TEST_CASE("a part of the driver asked for so that it does not drift says so") {
  Plan plan = explained::plan_of("debian12-t4");
  for (Step& step : plan.steps)
    if (auto* install = std::get_if<InstallPackages>(&step))
      install->packages.push_back({.name = "libnvidia-ml1", .version = std::nullopt});
  CHECK(plan_place_of(plan, "libnvidia-ml1") == PlanPlace::one_version);
}

TEST_CASE("why a package is not on a plan") {
  const Plan plan = explained::plan_of("debian12-t4");
  CHECK(absence_of(plan, "libcublas11") == Absence::left_out);
  CHECK(absence_from_plan(plan, explained::catalog(), "libcublas11").detail == "--libraries cublas");
  CHECK(absence_of(plan, "nvidia-open-kernel-dkms") == Absence::other_flavour);
  CHECK(absence_of(plan, "libnvidia-tesla-470-cuda1") == Absence::other_branch);
  CHECK(absence_of(plan, "nvidia-driver-cuda") == Absence::other_source);
  CHECK(absence_of(plan, "libnvidia-compute-580") == Absence::other_source);
  CHECK(absence_of(plan, "cuda-toolkit-12-4") == Absence::never_asked);
  CHECK(absence_of(plan, "libnvidia-encode1") == Absence::left_out);
  CHECK(absence_from_plan(plan, explained::catalog(), "libnvidia-encode1").detail == "--with video");
  CHECK(absence_of(plan, "libnvidia-fbc1") == Absence::nothing_needs);
  CHECK(absence_of(explained::plan_of("docker-container"), "libcuda1") == Absence::image);
}
