#include "report/fleet_text.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "support/catch.hpp"
#include "support/golden.hpp"
#include "unit/report/samples.hpp"

using namespace nvprov;
namespace samples = nvprov::report_samples;

namespace {

std::vector<std::string> numbered(const std::string& name, int count) {
  std::vector<std::string> names;
  for (int i = 1; i <= count; ++i) names.push_back(fmt::format("{}-{}", name, i));
  return names;
}

FleetPlans sample_fleet() {
  return {.groups = {{samples::t4_plan(), numbered("render", 30)},
                     {samples::nothing_to_do_plan(), numbered("done", 4)},
                     {samples::blocked_plan(), {"held"}},
                     {Refusal{samples::v100_and_b200(), "profile deploy on Debian GNU/Linux 12 (bookworm)"}, {"mixed"}},
                     {Error{.kind = ErrorKind::usage,
                            .message = "it is not clear whether this is a host or a container image",
                            .because = {},
                            .hints = {"say which with `--target host` or `--target image`"},
                            .context = {}},
                      {"guest"}}},
          .problems = {{"bad.json", "/gpus", "expected a list, found null", ""}}};
}

}  // namespace

TEST_CASE("many hosts are told group by group, names as far as a line goes") {
  test::check_golden("report/fleet.txt", fleet_text(sample_fleet(), {}));
}

TEST_CASE("verbose, every host of a group is named") {
  const std::string text = fleet_text(sample_fleet(), {}, {.colour = false, .verbosity = 1, .width = 100});
  for (const HostGroup& group : sample_fleet().groups)
    for (const std::string& host : group.hosts) CHECK(contains(text, host));
}

TEST_CASE("a terminal of any width gets no longer line") {
  for (const int width : {60, 80, 120}) {
    const std::string text = fleet_text(sample_fleet(), {}, {.width = width});
    for (const std::string_view line : split_lines(text)) CHECK(line.size() <= static_cast<std::size_t>(width));
  }
}

TEST_CASE("hosts are counted by what is ahead of them, under what was agreed to") {
  CHECK(count_hosts(sample_fleet(), {}) ==
        FleetCounts{.hosts = 37, .done = 4, .to_change = 30, .blocked = 1, .refused = 1, .unclear = 1});
  Plan held = samples::t4_plan();
  held.blockers = {{ConflictReason::held_package, "libcuda1", "99.9.0-1", "", {}}};
  const FleetPlans fleet{.groups = {{held, {"one", "two"}}}, .problems = {}};
  Consent consent;
  CHECK(count_hosts(fleet, consent) == FleetCounts{.hosts = 2, .blocked = 2});
  consent.held = true;
  CHECK(count_hosts(fleet, consent) == FleetCounts{.hosts = 2, .to_change = 2});
}

TEST_CASE("the document of many hosts has every group with its plan or the error") {
  const Json document = fleet_to_json(sample_fleet());
  const JsonArray& groups = *document.find("groups")->get_if<JsonArray>();
  REQUIRE(groups.size() == 5);
  for (const Json& group : groups) CHECK(group.find("plan")->is_null() != group.find("error")->is_null());
  CHECK(*groups[0].find("plan")->find("schema") == Json("nvprov.plan/2"));
  CHECK(*groups[3].find("error")->find("exit_code") == Json(3));
  CHECK(*groups[4].find("error")->find("exit_code") == Json(2));
  CHECK(document.find("problems")->get_if<JsonArray>()->size() == 1);
}
