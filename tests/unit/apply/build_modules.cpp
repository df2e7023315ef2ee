#include "apply/build_modules.hpp"

#include "support/catch.hpp"
#include "support/fake_apt.hpp"

using namespace nvprov;

namespace {

const std::string other_kernel = "6.1.0-42-amd64";

// A host with a second kernel, for which the package's own script built nothing, and a DKMS that can.
struct TwoKernels : ApplyFixture {
  std::vector<std::vector<std::string>> built;

  TwoKernels() {
    host.files["/usr/sbin/dkms"] = {};
    host.folders.insert("/lib/modules/" + other_kernel);
    host.folders.insert("/lib/modules/" + other_kernel + "/build");
    host.answer = [this](const Command& command, const RunOptions& options) -> Result<CommandOutput> {
      if (command.argv.front() != "dkms") return apt.answer(command, options);
      built.push_back(command.argv);
      apt.modules[other_kernel] = {"99.9.0", "NVIDIA"};
      return CommandOutput{};
    };
  }
  Plan plan_for_both() const {
    Plan plan = this->plan();
    plan.resolution.kernels.insert(plan.resolution.kernels.begin(), other_kernel);
    return plan;
  }
};

}  // namespace

TEST_CASE("DKMS is asked for the module of a kernel the package's own script passed over") {
  TwoKernels fixture;
  const auto report = apply_plan(fixture.host, fixture.plan_for_both(), apply_options(), {});
  REQUIRE(report);
  CHECK(fixture.built == std::vector<std::vector<std::string>>{{"dkms", "autoinstall", "-k", other_kernel}});
  CHECK(report->proven == std::vector<std::string>{"6.1.0-42-amd64: gpu-current 99.9.0 (proprietary)",
                                                   "6.1.0-41-amd64: gpu-current 99.9.0 (proprietary)"});
}

TEST_CASE("an initramfs the packages did not write anew is written, and the others are left") {
  ApplyFixture fixture;
  std::vector<std::vector<std::string>> written;
  Plan plan = fixture.plan();
  plan.resolution.kernels.push_back(other_kernel);
  fixture.apt.modules[other_kernel] = {"99.9.0", "NVIDIA"};
  fixture.host.files["/usr/sbin/update-initramfs"] = {};
  for (const std::string& kernel : plan.resolution.kernels)
    fixture.host.files["/boot/initrd.img-" + kernel].modified = 100;
  fixture.host.answer = [&](const Command& command, const RunOptions& options) -> Result<CommandOutput> {
    if (command.argv.front() == "update-initramfs") {
      written.push_back(command.argv);
      return CommandOutput{};
    }
    // The packages' own trigger.
    if (command.argv.front() == "apt-get") fixture.host.files["/boot/initrd.img-" + other_kernel].modified = 200;
    return fixture.apt.answer(command, options);
  };
  REQUIRE(apply_plan(fixture.host, plan, apply_options(), {}));
  CHECK(written == std::vector<std::vector<std::string>>{{"update-initramfs", "-u", "-k", "6.1.0-41-amd64"}});
}

TEST_CASE("DKMS is not asked where the module is there, nor for a kernel without headers") {
  TwoKernels fixture;
  SECTION("there") { fixture.apt.modules[other_kernel] = {"99.9.0", "NVIDIA"}; }
  SECTION("no headers") { fixture.host.folders.erase("/lib/modules/" + other_kernel + "/build"); }
  SECTION("no DKMS") { fixture.host.files.erase("/usr/sbin/dkms"); }
  (void)apply_plan(fixture.host, fixture.plan_for_both(), apply_options(), {});
  CHECK(fixture.built.empty());
}
