#include "plan/host_groups.hpp"

#include <algorithm>

#include "support/catch.hpp"
#include "support/sample_plan.hpp"

using namespace nvprov;

namespace {

Plan plan_of(const std::string& fingerprint, const std::string& unknown = "closure") {
  Plan plan = sample_plan();
  plan.facts_fingerprint = fingerprint;
  plan.unknowns = {unknown};  // not part of what answers are sorted by first
  return plan;
}

Refusal refusal_of(const std::string& asked) { return {.refusal = {}, .asked = asked}; }

}  // namespace

TEST_CASE("plans that differ in the facts' fingerprint alone are one group") {
  HostGroups groups;
  const std::size_t first = groups.group_of(plan_of("a"));
  CHECK(groups.group_of(plan_of("b")) == first);
  CHECK(groups.group_of(plan_of("a", "gpus")) != first);
  CHECK(groups.group_of(refusal_of("this")) != first);
  CHECK(groups.group_of(refusal_of("this")) != groups.group_of(refusal_of("that")));
}

TEST_CASE("groups and hosts stand in the same order whatever order they came in") {
  HostGroups groups;
  const std::size_t small = groups.group_of(refusal_of("small"));
  const std::size_t large = groups.group_of(plan_of("x"));
  std::vector<AnsweredHost> hosts = {
      {1, "host-10", "10.json", large}, {2, "host-9", "9.json", large}, {3, "alone", "alone.json", small}};
  std::ranges::reverse(hosts);
  const FleetPlans fleet = std::move(groups).finish(hosts, {{5, {{"five", "", "", ""}}}, {4, {{"four", "", "", ""}}}});
  CHECK(fleet == FleetPlans{.groups = {{plan_of(""), {"host-9", "host-10"}}, {refusal_of("small"), {"alone"}}},
                            .problems = {{"four", "", "", ""}, {"five", "", "", ""}}});
}

TEST_CASE("a host that is there twice counts once, and its second document is named") {
  HostGroups groups;
  const std::size_t one = groups.group_of(refusal_of("one"));
  const std::size_t other = groups.group_of(refusal_of("other"));
  const FleetPlans fleet = std::move(groups).finish({{9, "a", "line 9", other}, {2, "a", "line 2", one}}, {});
  CHECK(fleet == FleetPlans{.groups = {{refusal_of("one"), {"a"}}},
                            .problems = {{.file = "line 9",
                                          .place = "/host",
                                          .message = "the host `a` is there twice, first in line 2",
                                          .hint = "give each host once"}}});
}
