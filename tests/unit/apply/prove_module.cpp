#include "apply/prove_module.hpp"

#include "support/catch.hpp"
#include "support/fake_apt.hpp"

using namespace nvprov;

namespace {

const std::string kernel = "6.1.0-41-amd64";

struct Proof {
  Status status;
  ApplyReport report;
};

Proof prove(const ApplyFixture& fixture, const Resolution& resolution) {
  Proof proof;
  proof.status = prove_modules(fixture.host, resolution, proof.report);
  return proof;
}

}  // namespace

TEST_CASE("the license of a module tells its flavour, and no other is guessed") {
  CHECK(flavour_of_license("NVIDIA") == "proprietary");
  CHECK(flavour_of_license("Dual MIT/GPL") == "open");
  CHECK(flavour_of_license("GPL") == std::nullopt);
  CHECK(flavour_of_license("") == std::nullopt);
}

TEST_CASE("a module of the planned version and flavour is proven for each kernel") {
  ApplyFixture fixture;
  Resolution resolution = fixture.plan().resolution;
  resolution.driver->flavour = "open";
  resolution.kernels = {kernel, "6.1.0-42-amd64"};
  fixture.host.folders.insert("/lib/modules/6.1.0-42-amd64");
  fixture.apt.modules = {{kernel, {"99.9.0", "Dual MIT/GPL"}}, {"6.1.0-42-amd64", {"99.9.0", "Dual MIT/GPL"}}};
  const Proof proof = prove(fixture, resolution);
  CHECK(proof.status);
  CHECK(proof.report.proven == std::vector<std::string>{"6.1.0-41-amd64: gpu-current 99.9.0 (open)",
                                                        "6.1.0-42-amd64: gpu-current 99.9.0 (open)"});
  CHECK(proof.report.unproven.empty());
}

TEST_CASE("a module of another version, another flavour or none at all is told apart") {
  ApplyFixture fixture;
  std::string because;
  SECTION("version") {
    fixture.apt.modules[kernel] = {"98.0", "NVIDIA"};
    because = "the version of `gpu-current` is 98.0, not 99.9.0";
  }
  SECTION("flavour") {
    fixture.apt.modules[kernel] = {"99.9.0", "Dual MIT/GPL"};
    because = "the license of `gpu-current` is `Dual MIT/GPL`, which is not that of the proprietary module";
  }
  SECTION("none") {
    fixture.apt.modules.clear();
    because = "modinfo finds no module `gpu-current`";
  }
  const Proof proof = prove(fixture, fixture.plan().resolution);
  REQUIRE(!proof.status);
  CHECK(proof.status.error() ==
        Error{.kind = ErrorKind::failed,
              .message = "the module of driver 99.9.0 is not in place for kernel 6.1.0-41-amd64",
              .because = {because},
              .hints = {"DKMS has built nothing: there is no make.log below /var/lib/dkms; are the headers of this "
                        "kernel installed?"},
              .context = {}});
}

TEST_CASE("of several build logs the newest is named") {
  ApplyFixture fixture;
  fixture.apt.modules.clear();
  const std::string base = "/var/lib/dkms/gpu-current/";
  fixture.host.files[base + "98.0/build/make.log"].modified = 100;
  fixture.host.files[base + "99.9.0/6.1.0-40-amd64/x86_64/log/make.log"].modified = 300;
  fixture.host.files[base + "99.9.0/build/make.log"].modified = 200;
  const Proof proof = prove(fixture, fixture.plan().resolution);
  REQUIRE(!proof.status);
  CHECK(proof.status.error().hints ==
        std::vector<std::string>{"read the log of the module's build in "
                                 "`/var/lib/dkms/gpu-current/99.9.0/6.1.0-40-amd64/x86_64/log/make.log`"});
}

TEST_CASE("what cannot be looked at is unproven, not wrong") {
  ApplyFixture fixture;
  Resolution resolution = fixture.plan().resolution;
  std::vector<std::string> unproven;
  SECTION("no kernel") {
    resolution.kernels.clear();
    unproven = {"no kernel is installed here: the module is built when one with its headers is"};
  }
  SECTION("a kernel that is named but not here") {
    resolution.kernels = {"9.9.9-amd64"};
    unproven = {"9.9.9-amd64: this kernel is not installed here"};
  }
  SECTION("no modinfo") {
    fixture.host.files.erase("/usr/sbin/modinfo");
    unproven = {"modinfo is not installed here: no module could be looked at"};
  }
  SECTION("a modinfo that does not run") {
    fixture.host.answer = [](const Command&, const RunOptions&) { return fail("could not run modinfo"); };
    unproven = {"6.1.0-41-amd64: modinfo could not be run: could not run modinfo"};
  }
  const Proof proof = prove(fixture, resolution);
  CHECK(proof.status);
  CHECK(proof.report.proven.empty());
  CHECK(proof.report.unproven == unproven);
}

TEST_CASE("where no driver is planned nothing is asked of modinfo") {
  ApplyFixture fixture;
  fixture.host.answer = {};
  Resolution resolution = fixture.plan().resolution;
  resolution.driver.reset();
  CHECK(prove(fixture, resolution).report == ApplyReport{});
}
