// What makes dnf obey the holds comes with them, or the plan says that nothing does.

#include <algorithm>

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

Plan plan_with(const SourceSetup& setup) {
  const Catalog& catalog = whole_catalog();
  const auto host = load_recording(std::string(NVPROV_SOURCE_DIR) + "/tests/hosts/rocky9-l40s");
  REQUIRE(host);
  const HostFacts facts = detect_host(**host, catalog, {.date = "2026-11-22"});
  Request request;
  request.source = "nvidia";
  request.target = Target::host;
  auto resolution = resolve(facts, catalog, request, {});
  REQUIRE(resolution);
  REQUIRE(resolution->driver);
  resolution->driver->package_version = "3:580.159.04-1.el9";
  const Preparations preparations = prepare(facts, catalog, request, *resolution, setup);
  return make_plan(facts, catalog, *resolution, preparations, {},
                   {.tool_version = "99.9.0", .request = request, .metadata = {}, .inputs = {}});
}

SourceSetup looked_at() {
  SourceSetup setup;
  setup.versionlock = "";
  return setup;
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
