// What is planned for each fixture host, without asking a package manager: golden text and JSON.

#include <algorithm>
#include <filesystem>

#include "catalog/catalog.hpp"
#include "cli/source_setup.hpp"
#include "detect/detect.hpp"
#include "host/recording_host.hpp"
#include "model/plan_json.hpp"
#include "plan/make_plan.hpp"
#include "report/plan_text.hpp"
#include "report/refusal_text.hpp"
#include "resolve/described_host.hpp"
#include "resolve/named_gpus.hpp"
#include "resolve/resolve.hpp"
#include "support/catch.hpp"
#include "support/golden.hpp"
#include "support/tree_host.hpp"
#include "support/whole_catalog.hpp"

using namespace nvprov;
using namespace nvprov::test;

namespace {

namespace fs = std::filesystem;

struct Answer {
  std::string text;
  std::optional<Plan> plan;
};

std::vector<std::string> host_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(fs::path(NVPROV_SOURCE_DIR) / "tests/hosts"))
    names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

std::unique_ptr<HostView> fixture_host(const std::string& name) {
  auto host = load_recording((fs::path(NVPROV_SOURCE_DIR) / "tests/hosts" / name).string());
  REQUIRE(host);
  return std::move(*host);
}

// A network that is not there: keys the catalog does not carry stay unfetched, as with `--offline`.
class NoNetwork : public HttpClient {
 public:
  Result<std::string> get(const HttpRequest& request) override { return fail("asked for " + request.url); }
};

SourceSetup setup_of(const HostView& host, const HostFacts& facts, const Catalog& catalog,
                     const Resolution& resolution) {
  const Distro* distro = distro_of(facts, catalog);
  REQUIRE(distro);
  const PackageSource* source = find_source(*distro, resolution.source);
  if (source == nullptr) return {};
  NoNetwork http;
  const NetworkSettings network;
  const std::vector<std::string> prerequisites =
      resolution.driver ? resolution.driver->prerequisites : std::vector<std::string>{};
  const auto setup = source_setup(host, host, http,
                                  {.facts = facts,
                                   .catalog = catalog,
                                   .distro = *distro,
                                   .source = *source,
                                   .prerequisites = prerequisites,
                                   .network = network,
                                   .offline = true});
  REQUIRE(setup);
  return *setup;
}

Answer answer_for(const HostView& host, const HostFacts& facts, const Catalog& catalog, Request request) {
  const std::string source = request.source;
  const auto target = decide_target(facts, request);
  if (!target) return {.text = "usage: " + target.error().message + "\n", .plan = std::nullopt};
  request.target = *target;
  if (request.target == Target::image) request.cuda = {source == "distro" ? "11.8" : "12.9"};
  const auto resolution = resolve(facts, catalog, request, {});
  if (!resolution)
    return {.text = refusal_text(resolution.error(), "the " + request.profiles.front() + " profile"),
            .plan = std::nullopt};
  const Preparations preparations =
      prepare(facts, catalog, request, *resolution, setup_of(host, facts, catalog, *resolution));
  Plan plan = make_plan(facts, catalog, *resolution, preparations, {},
                        {.tool_version = "99.9.0", .request = request, .metadata = {}, .inputs = {}});
  plan.catalog_digest = "-";  // changes with every fact that is added
  return {.text = plan_text(plan), .plan = plan};
}

Answer answer_for(const HostView& host, const HostFacts& facts, const Catalog& catalog, const std::string& source) {
  Request request;
  request.source = source;
  return answer_for(host, facts, catalog, request);
}

Answer answer_for(const std::string& name, const Catalog& catalog, const std::string& source) {
  const auto host = fixture_host(name);
  return answer_for(*host, detect_host(*host, catalog, {.date = "2026-11-22"}), catalog, source);
}

}  // namespace

TEST_CASE("each fixture host gets its golden plan or refusal") {
  const Catalog& catalog = whole_catalog();
  for (const std::string& name : host_names()) {
    const Answer answer = answer_for(name, catalog, "distro");
    check_golden("plans/" + name + ".txt", answer.text);
    if (answer.plan) check_golden("plans/" + name + ".json", format_json(plan_to_json(*answer.plan)));
    check_golden("plans-auto/" + name + ".txt", answer_for(name, catalog, "auto").text);
  }
}

TEST_CASE("each distribution gets its golden plan or refusal, described by flags") {
  const Catalog& catalog = whole_catalog();
  const auto gpus = name_devices({"L4"}, catalog);
  REQUIRE(gpus);
  TreeHost nothing;
  const auto host = nothing.view();
  for (const Distro& distro : catalog.distros) {
    HostFacts facts = described_host(distro, distro.architectures.front().arch);
    facts.observed_on = "2026-11-22";
    facts.gpus = gpus->gpus;
    facts.gpus_named = true;
    check_golden("plans-by-flags/" + distro.id + ".txt", answer_for(*host, facts, catalog, "auto").text);
  }
}

TEST_CASE("the profile develop brings compiler, headers and libraries, to an image without a driver") {
  const Catalog& catalog = whole_catalog();
  const auto gpus = name_devices({"T4"}, catalog);
  REQUIRE(gpus);
  TreeHost nothing;
  const auto host = nothing.view();
  for (const auto& [id, source] : std::vector<std::pair<std::string, std::string>>{
           {"debian-12", "distro"}, {"debian-12", "nvidia"}, {"ubuntu-24.04", "nvidia"}, {"rocky-9", "nvidia"}})
    for (const Target target : {Target::host, Target::image}) {
      // Debian's own toolkit depends on the driver's library: known_obstacle() tells.
      if (target == Target::image && source == "distro") continue;
      HostFacts facts = described_host(*find_distro(catalog, id), "x86_64");
      facts.observed_on = "2026-11-22";
      facts.gpus = gpus->gpus;
      facts.gpus_named = true;
      Request request;
      request.profiles = {"develop"};
      request.source = source;
      request.target = target;
      const std::string name = id + "-" + source + (target == Target::image ? "-image" : "");
      check_golden("plans-develop/" + name + ".txt", answer_for(*host, facts, catalog, request).text);
    }
}

TEST_CASE("a plan comes back from its JSON as it was") {
  const Catalog& catalog = whole_catalog();
  for (const std::string& name : host_names()) {
    INFO(name);
    const Answer answer = answer_for(name, catalog, "auto");
    if (!answer.plan) continue;
    const auto again = plan_from_json(format_json(plan_to_json(*answer.plan)), "plan.json");
    REQUIRE(again);
    CHECK(*again == *answer.plan);
  }
}

TEST_CASE("the same facts give the same plan, byte for byte") {
  const Catalog& catalog = whole_catalog();
  const Plan first = *answer_for("debian12-t4", catalog, "auto").plan;
  for (int i = 0; i < 20; ++i)
    CHECK(format_json(plan_to_json(*answer_for("debian12-t4", catalog, "auto").plan)) ==
          format_json(plan_to_json(first)));
}

TEST_CASE("what the plan of a host leaves behind needs no second plan") {
  const Catalog& catalog = whole_catalog();
  const auto host = fixture_host("debian12-t4");
  HostFacts facts = detect_host(*host, catalog, {.date = "2026-11-22"});
  const Plan plan = *answer_for(*host, facts, catalog, "distro").plan;
  for (const PackageChange& change : plan.closure.packages) {
    const auto& driver = *plan.resolution.driver;
    const bool versioned = std::ranges::find(driver.driver_versioned, change.name) != driver.driver_versioned.end();
    facts.package_facts.packages.push_back({.name = change.name,
                                            .version = versioned ? driver.package_version : "1.0-1",
                                            .architecture = "amd64",
                                            .state = "installed",
                                            .automatic = false,
                                            .held = false,
                                            .origin = versioned ? std::optional<std::string>("Debian") : std::nullopt,
                                            .site = std::nullopt});
  }
  std::ranges::sort(facts.package_facts.packages, {}, &InstalledPackage::name);
  for (const InstalledKernel& kernel : facts.kernel.installed)
    facts.kernel.modules_of_nvidia.push_back(kernel.release + ": updates/dkms/nvidia-current.ko");
  const Answer second = answer_for(*host, facts, catalog, "distro");
  REQUIRE(second.plan);
  CHECK(second.plan->steps == std::vector<Step>{});
}
