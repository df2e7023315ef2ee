#include "report/facts_text.hpp"

#include "base/text.hpp"
#include "support/catch.hpp"
#include "support/golden.hpp"
#include "unit/report/samples.hpp"

using namespace nvprov;
namespace samples = nvprov::report_samples;

TEST_CASE("the facts of a host are grouped, identical GPUs stand together with their addresses") {
  test::check_golden("report/facts-t4.txt", facts_text(samples::t4_host()));
}

TEST_CASE("verbose, the facts list every package, repository and pin") {
  test::check_golden("report/facts-t4-verbose.txt",
                     facts_text(samples::t4_host(), {.colour = false, .verbosity = 1, .width = 100}));
}

TEST_CASE("what --root cannot show is told apart from what is not there") {
  test::check_golden("report/facts-root.txt", facts_text(samples::disk_under_root()));
}

TEST_CASE("GPUs named by a flag have no addresses and say where they come from") {
  HostFacts facts = samples::disk_under_root();
  facts.gpus = {samples::t4(""), samples::t4("")};
  facts.gpus_named = true;
  facts.diagnostics.clear();
  facts.nvswitches = {{.address = "0000:c0:00.0", .device_id = "1af1", .name = "NVSwitch of A100"}};
  test::check_golden("report/facts-named-gpus.txt", facts_text(facts));
}

TEST_CASE("packages that could not be looked at are not counted as none") {
  HostFacts facts;
  facts.diagnostics = {
      {.file = "", .place = "package_facts", .message = "cannot read the package database", .hint = ""}};
  const std::string text = facts_text(facts);
  CHECK(contains(text, "  installed       could not look\n"));
  CHECK(contains(text, "  held            could not look\n"));
  CHECK(contains(text, "  repositories    could not look\n"));
}
