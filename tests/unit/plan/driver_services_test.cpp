// Services of the driver start with the machine, whoever sees to it.
#include "plan/driver_services.hpp"

#include "plan/make_plan.hpp"
#include "resolve/described_host.hpp"
#include "resolve/named_gpus.hpp"
#include "resolve/resolve.hpp"
#include "support/catch.hpp"
#include "support/whole_catalog.hpp"

using namespace nvprov;

namespace {

const std::string persistence = "nvidia-persistenced.service";
const std::string fabric = "nvidia-fabricmanager.service";

HostFacts host_of(const std::string& distro, const std::string& gpus) {
  HostFacts facts = described_host(*find_distro(whole_catalog(), distro), "x86_64");
  facts.observed_on = "2026-11-22";
  const auto devices = name_devices({gpus}, whole_catalog());
  REQUIRE(devices);
  facts.gpus = devices->gpus;
  facts.gpus_named = true;
  return facts;
}

Plan plan_of(const HostFacts& facts, const std::string& source = "auto") {
  Request request;
  request.source = source;
  request.target = Target::host;
  const auto resolution = resolve(facts, whole_catalog(), request, {});
  REQUIRE(resolution);
  const Preparations preparations = prepare(facts, whole_catalog(), request, *resolution, {});
  return make_plan(facts, whole_catalog(), *resolution, preparations, {},
                   {.tool_version = "99.9.0", .request = request, .metadata = {}, .inputs = {}});
}

std::vector<std::string> enabled_by(const Plan& plan) {
  std::vector<std::string> units;
  for (const Step& step : plan.steps)
    if (const auto* service = std::get_if<ManageService>(&step)) {
      CHECK(service->action == ServiceAction::enable);
      units.push_back(service->unit);
    }
  return units;
}

HostFacts with_service(HostFacts facts, const std::string& start) {
  facts.services = {{.unit = persistence, .start = start}};
  return facts;
}

}  // namespace

TEST_CASE("where packages do not enable their services, the plan does, after they are installed") {
  const Plan plan = plan_of(host_of("rocky-9", "T4"));
  CHECK(enabled_by(plan) == std::vector<std::string>{persistence});
  CHECK(std::holds_alternative<ManageService>(plan.steps.back()));
  CHECK(plan.undo.front() == std::vector<std::string>{"systemctl", "disable", persistence});
  CHECK(plan.equivalent.back() == std::vector<std::string>{"systemctl", "enable", persistence});
}

TEST_CASE("Debian's own package enables its service") {
  CHECK(enabled_by(plan_of(host_of("debian-12", "T4"), "distro")).empty());
}

TEST_CASE("the fabric manager starts with machines that have NVSwitches") {
  HostFacts facts = host_of("rocky-9", "8xH100");
  facts.nvswitches = {{.address = "0000:01:00.0", .device_id = "22a3", .name = "NVSwitch"}};
  CHECK(enabled_by(plan_of(facts)) == std::vector<std::string>{persistence, fabric});
}

TEST_CASE("a service that is enabled, started by others, masked or of no use is left alone") {
  const HostFacts facts = host_of("rocky-9", "T4");
  CHECK(enabled_by(plan_of(with_service(facts, "disabled"))) == std::vector<std::string>{persistence});
  for (const char* start : {"enabled", "static", "masked", "unmanaged"})
    CHECK(enabled_by(plan_of(with_service(facts, start))).empty());
}

TEST_CASE("packages that are there without the unit bring it under another name") {
  HostFacts facts = host_of("rocky-9", "T4");
  facts.package_facts.packages.push_back(
      {"nvidia-persistenced", "3:580.178.04-1.el9", "x86_64", "installed", false, false, std::nullopt, {}});
  CHECK(enabled_by(plan_of(facts)).empty());
}

TEST_CASE("of a driver that can be used at once the service is started too") {
  std::vector<Step> steps = {
      ManageService{.unit = persistence, .action = ServiceAction::enable, .engine = {}, .purpose = {}},
      ManageService{.unit = "docker.service", .action = ServiceAction::reload, .engine = "Docker", .purpose = {}}};
  start_services_now(steps);
  CHECK(std::get<ManageService>(steps[0]).action == ServiceAction::enable_now);
  CHECK(std::get<ManageService>(steps[1]).action == ServiceAction::reload);
}
