#include "plan/package_marks.hpp"

#include "support/catch.hpp"
#include "support/whole_catalog.hpp"

using namespace nvprov;

namespace {

const PackageSource& nvidia_for_ubuntu() {
  return *find_source(*find_distro(whole_catalog(), "ubuntu-22.04"), "nvidia");
}

// A host somebody set up with `apt install cuda`: only that is asked for.
HostFacts set_up_with(const std::string& cuda) {
  HostFacts facts;
  const auto add = [&](const std::string& name, const std::string& version, bool automatic) {
    facts.package_facts.packages.push_back({.name = name,
                                            .version = version,
                                            .architecture = "amd64",
                                            .state = "installed",
                                            .automatic = automatic,
                                            .held = false,
                                            .origin = {},
                                            .site = {}});
  };
  add("cuda", cuda, false);
  add("cuda-drivers", "580.178.04-0ubuntu1", true);
  return facts;
}

std::vector<SetPackageMark> marks(const HostFacts& facts, bool is_kept = true) {
  Resolution resolution;
  resolution.driver = DriverChoice{};
  resolution.driver->kept = is_kept;
  return package_marks(facts, nvidia_for_ubuntu(), resolution);
}

}  // namespace

TEST_CASE("a driver that cuda drew in is marked, before an upgrade of cuda lets go of it") {
  const std::vector<SetPackageMark> expected = {
      {.packages = {"cuda-drivers"}, .purpose = "the driver stays when cuda no longer asks for it"}};
  CHECK(marks(set_up_with("12.8.1-1")) == expected);
  CHECK(marks(set_up_with("13.3.1-1")) == expected);
}

TEST_CASE("nothing is marked where nothing would be orphaned") {
  CHECK(marks(set_up_with("13.4.0-1")).empty());
  CHECK(marks(set_up_with("13.3.1-1"), false).empty());  // another driver takes its place
  HostFacts asked_for = set_up_with("13.3.1-1");
  asked_for.package_facts.packages.back().automatic = false;
  CHECK(marks(asked_for).empty());
  HostFacts without_cuda = set_up_with("13.3.1-1");
  without_cuda.package_facts.packages.erase(without_cuda.package_facts.packages.begin());
  CHECK(marks(without_cuda).empty());
  Resolution without_driver;
  CHECK(package_marks(set_up_with("13.3.1-1"), nvidia_for_ubuntu(), without_driver).empty());
}
