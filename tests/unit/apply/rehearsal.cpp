#include "apply/rehearsal.hpp"

#include "support/catch.hpp"

using namespace nvprov;

namespace {

PackageChange change(PackageAction action, std::string name, std::string version) {
  PackageChange made;
  made.action = action;
  made.name = std::move(name);
  made.version = std::move(version);
  return made;
}

const std::vector<std::string> none;

}  // namespace

TEST_CASE("a simulation that does what the plan lists has no differences") {
  const std::vector<PackageChange> planned = {change(PackageAction::install, "a", "1"),
                                              change(PackageAction::upgrade, "b", "2"),
                                              change(PackageAction::keep, "c", "3")};
  const std::vector<PackageChange> simulated = {change(PackageAction::upgrade, "b", "2"),
                                                change(PackageAction::install, "a", "1")};
  CHECK(differences(planned, simulated, true) == none);
}

TEST_CASE("every package that would differ from the plan is named") {
  const std::vector<PackageChange> planned = {
      change(PackageAction::install, "gone", "1"), change(PackageAction::install, "other", "1"),
      change(PackageAction::upgrade, "action", "1"), change(PackageAction::keep, "kept", "1")};
  const std::vector<PackageChange> simulated = {
      change(PackageAction::install, "other", "2"), change(PackageAction::downgrade, "action", "1"),
      change(PackageAction::remove, "kept", ""), change(PackageAction::install, "more", "9")};
  CHECK(differences(planned, simulated, true) ==
        std::vector<std::string>{"action: the plan would upgrade to 1, the package manager would downgrade to 1",
                                 "gone: the plan would install 1, the package manager would leave it as it is",
                                 "kept: the plan does not name it, the package manager would remove it",
                                 "more: the plan does not name it, the package manager would install 9",
                                 "other: the plan would install 1, the package manager would install 2"});
  // An earlier transaction need not do everything, but nothing else.
  CHECK(differences(planned, {simulated[0]}, false) ==
        std::vector<std::string>{"other: the plan would install 1, the package manager would install 2"});
}

TEST_CASE("a removal has no version to compare") {
  PackageChange planned = change(PackageAction::remove, "a", "");
  planned.version.reset();
  CHECK(differences({planned}, {change(PackageAction::remove, "a", "1")}, true) == none);
}

TEST_CASE("one name for two architectures is two changes") {
  const std::vector<PackageChange> both = {change(PackageAction::install, "a", "1"),
                                           change(PackageAction::install, "a", "1")};
  CHECK(differences(both, both, true) == none);
  CHECK(differences({both[0]}, both, true) ==
        std::vector<std::string>{"a: the plan would install 1, the package manager would install 1 and install 1"});
}

TEST_CASE("every package of the driver must carry its version, kept ones too") {
  DriverChoice driver;
  driver.package_version = "99.9.0-1";
  driver.driver_versioned = {"libgpu1", "gpu-tool"};
  PackageChange kept = change(PackageAction::keep, "gpu-tool", "");
  kept.version.reset();
  kept.old_version = "98.0-1";
  PackageChange marked = change(PackageAction::install, "gpu-extra", "97.0-1");
  marked.driver_versioned = true;
  CHECK(mixed_versions(driver, {change(PackageAction::install, "libgpu1", "99.9.0-1"), kept, marked,
                                change(PackageAction::install, "dkms", "2-1"),
                                change(PackageAction::remove, "libgpu1", "98.0-1")}) ==
        std::vector<std::string>{"gpu-tool: its version would be 98.0-1, the driver's is 99.9.0-1",
                                 "gpu-extra: its version would be 97.0-1, the driver's is 99.9.0-1"});
}

TEST_CASE("a transaction taken up again may only lead to what was agreed to") {
  const std::vector<PackageChange> planned = {change(PackageAction::install, "a", "1"),
                                              change(PackageAction::remove, "b", "")};
  CHECK(not_agreed_to(planned, {change(PackageAction::upgrade, "a", "1"), change(PackageAction::remove, "b", "7")}) ==
        none);
  CHECK(not_agreed_to(planned, {change(PackageAction::install, "a", "2"), change(PackageAction::remove, "a", "1"),
                                change(PackageAction::install, "b", ""), change(PackageAction::install, "c", "3")}) ==
        std::vector<std::string>{"a: the package manager would install 2, which nobody agreed to",
                                 "a: the package manager would remove it, which nobody agreed to",
                                 "b: the package manager would install , which nobody agreed to",
                                 "c: the package manager would install 3, which nobody agreed to"});
}
