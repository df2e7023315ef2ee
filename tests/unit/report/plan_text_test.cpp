#include "report/plan_text.hpp"

#include "base/text.hpp"
#include "support/catch.hpp"
#include "support/golden.hpp"
#include "unit/report/samples.hpp"

using namespace nvprov;
namespace samples = nvprov::report_samples;

TEST_CASE("the plan of a fresh host with two T4 tells all a reader must know") {
  test::check_golden("report/plan-t4.txt", plan_text(samples::t4_plan()));
}

TEST_CASE("verbose, the plan adds sources, digests and what was not taken") {
  test::check_golden("report/plan-t4-verbose.txt",
                     plan_text(samples::t4_plan(), {.colour = false, .verbosity = 1, .width = 100}));
}

TEST_CASE("a plan without steps says so and still names driver and CUDA") {
  test::check_golden("report/plan-nothing-to-do.txt", plan_text(samples::nothing_to_do_plan()));
}

TEST_CASE("a plan without package indexes says which versions it cannot know") {
  test::check_golden("report/plan-unknown-closure.txt", plan_text(samples::unknown_closure_plan()));
}

TEST_CASE("blockers come first, and removals, upgrades and downgrades stand apart") {
  test::check_golden("report/plan-blocked.txt", plan_text(samples::blocked_plan()));
}

TEST_CASE("the plan of an image names the driver its host must have") {
  test::check_golden("report/plan-image.txt", plan_text(samples::image_plan()));
}

TEST_CASE("every package of a plan is in its text with version and origin") {
  const Plan plan = samples::t4_plan();
  const std::string text = plan_text(plan);
  for (const PackageChange& package : plan.closure.packages) {
    CAPTURE(package.name);
    CHECK(contains(text, package.name));
    CHECK(contains(text, *package.version));
    CHECK(contains(text, *package.origin));
    CHECK(contains(text, format_bytes(*package.download_bytes)));
  }
}

TEST_CASE("without its colours a plan reads the same") {
  const Plan plan = samples::blocked_plan();
  std::string coloured = plan_text(plan, {.colour = true, .verbosity = 0, .width = 100});
  CHECK(contains(coloured, "\033[1;31mBlockers"));
  for (const char* escape : {"\033[0m", "\033[1m", "\033[1;31m", "\033[33m"}) {
    coloured = replace_all(coloured, escape, "");
  }
  CHECK(coloured == plan_text(plan));
}

TEST_CASE("a plan fits a narrower terminal but for what must not be broken") {
  const Plan plan = samples::nothing_to_do_plan();
  const std::string text = plan_text(plan, {.colour = false, .verbosity = 0, .width = 60});
  for (const std::string_view line : split_lines(text)) CHECK(line.size() <= 60);
}
