// What makes dnf obey the holds comes with them, or the plan says that nothing does.

#include <algorithm>

#include "base/text.hpp"
#include "catalog/catalog.hpp"
#include "detect/detect.hpp"
#include "host/recording_host.hpp"
#include "plan/make_plan.hpp"
#include "report/plan_text.hpp"
#include "resolve/resolve.hpp"
#include "support/catch.hpp"
#include "support/whole_catalog.hpp"

using namespace nvprov;

namespace {

const std::string plugin = "python3-dnf-plugin-versionlock";

Plan plan_with(const SourceSetup& setup, bool kept = false) {
  const Catalog& catalog = whole_catalog();
  const auto host = load_recording(std::string(NVPROV_SOURCE_DIR) + "/tests/hosts/rocky9-l40s");
  REQUIRE(host);
  const HostFacts facts = detect_host(**host, catalog, {.date = "2026-11-22"});
  Request request;
  request.source = "nvidia";
  request.target = Target::host;
  request.hold = Hold::version;
  auto resolution = resolve(facts, catalog, request, {});
  REQUIRE(resolution);
  REQUIRE(resolution->driver);
  resolution->driver->package_version = "3:580.159.04-1.el9";
  resolution->driver->kept = kept;
  const Preparations preparations = prepare(facts, catalog, request, *resolution, setup);
  return make_plan(facts, catalog, *resolution, preparations, {},
                   {.tool_version = "99.9.0", .request = request, .metadata = {}, .inputs = {}});
}

SourceSetup looked_at() {
  SourceSetup setup;
  setup.versionlock = "";
  return setup;
}

// What is written to the file of holds; "" for nothing.
std::string written_holds(const Plan& plan) {
  for (const Step& step : plan.steps)
    if (const auto* hold = std::get_if<HoldPackages>(&step)) return hold->content;
  return {};
}

bool is_asked_for(const Plan& plan) {
  return std::ranges::any_of(plan.steps, [](const Step& step) {
    const auto* install = std::get_if<InstallPackages>(&step);
    return install != nullptr &&
           std::ranges::find(install->packages, plugin, &PackageRequest::name) != install->packages.end();
  });
}

bool is_told(const Plan& plan) {
  return std::ranges::find(plan.notices, NoticeKind::hold_not_obeyed, &Notice::kind) != plan.notices.end();
}

}  // namespace

TEST_CASE("the package that makes holds bind is part of the plan") {
  SourceSetup setup = looked_at();
  setup.hold_packages = {plugin};
  const Plan plan = plan_with(setup);
  CHECK(is_asked_for(plan));
  CHECK_FALSE(is_told(plan));
}

TEST_CASE("a plan whose holds would not bind says so") {
  SourceSetup setup = looked_at();
  setup.hold_packages_not_offered = {plugin};
  const Plan plan = plan_with(setup);
  CHECK_FALSE(is_asked_for(plan));
  CHECK(is_told(plan));
  CHECK(plan_text(plan).find("written, but not in force") != std::string::npos);
}

TEST_CASE("lines that hold a driver that stays, and more, are left as they are") {
  SourceSetup setup = looked_at();
  const std::string lines = written_holds(plan_with(setup));
  REQUIRE(contains(lines, "3:580.159.04-1.el9"));
  setup.versionlock = lines;
  CHECK(written_holds(plan_with(setup, true)).empty());
  setup.versionlock = replace_all(lines, "# nvprov end", "nvidia-imex-0:580.159.04-1.el9.*\n# nvprov end");
  REQUIRE(*setup.versionlock != lines);
  CHECK(written_holds(plan_with(setup, true)).empty());
  CHECK(written_holds(plan_with(setup, false)) == lines);
  setup.versionlock = replace_all(lines, "hold the driver at ", "hold the driver at 5");
  CHECK(written_holds(plan_with(setup, true)) == lines);
}

TEST_CASE("a file that holds a driver that stays at its version is left as it is") {
  const Catalog& catalog = whole_catalog();
  const auto host = load_recording(std::string(NVPROV_SOURCE_DIR) + "/tests/hosts/debian12-distro-driver-installed");
  REQUIRE(host);
  HostFacts facts = detect_host(**host, catalog, {.date = "2026-11-22"});
  Request request;
  request.target = Target::host;
  request.hold = Hold::version;
  const auto held_files = [&] {
    auto resolution = resolve(facts, catalog, request, {});
    REQUIRE(resolution);
    REQUIRE(resolution->driver);
    REQUIRE(resolution->driver->kept);
    return prepare(facts, catalog, request, *resolution, {}).holds.size();
  };
  CHECK(held_files() == 2);
  const std::string version = resolve(facts, catalog, request, {})->driver->version;
  PackagePin pin;
  pin.file = "/etc/apt/preferences.d/nvprov";
  pin.packages = "libcuda1";
  pin.pin = "version " + version + "-1~deb12u1";
  facts.package_facts.pins = {pin};
  CHECK(held_files() == 0);
  facts.package_facts.pins[0].pin = "version 1.0-1";
  CHECK(held_files() == 2);
}
