#include "solver/module_streams.hpp"

#include <fmt/format.h>

#include "support/catch.hpp"

namespace nvprov {
namespace {

std::string module_document(const std::string& module, const std::string& stream, int version, const std::string& needs,
                            const std::string& artifact) {
  return fmt::format(
      "---\ndocument: modulemd\nversion: 2\ndata:\n  name: {}\n  stream: \"{}\"\n  version: {}\n  context: c0\n"
      "  summary: >-\n    nothing\n  dependencies:\n  - buildrequires:\n      platform: [el9]\n    requires:\n"
      "      platform: [el9]\n{}  artifacts:\n    rpms:\n    - {}\n...\n",
      module, stream, version, needs, artifact);
}

const std::string module_text =
    module_document("driver", "580", 1, "", "driver-3:580-1.x86_64") +
    module_document("driver", "580", 2, "", "driver-3:580-2.x86_64") +
    module_document("driver", "590", 1, "", "driver-3:590-1.x86_64") +
    module_document("tool", "1", 1, "      base: ['2']\n", "tool-0:1-1.x86_64") +
    module_document("base", "1", 1, "", "base-0:1-1.x86_64") +
    module_document("base", "2", 1, "", "base-0:2-1.x86_64") +
    "---\ndocument: modulemd-defaults\nversion: 1\ndata:\n  module: driver\n  stream: '590'\n...\n"
    "---\ndocument: modulemd-obsoletes\nversion: 1\ndata:\n  module: driver\n  stream: '570'\n...\n";

std::vector<std::string> active_artifacts(const std::vector<ModuleState>& states, const std::string& platform = "el9") {
  const auto documents = parse_module_documents(module_text);
  REQUIRE(documents);
  return modular_rpms(*documents, states, platform).active;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a module stream is read with what it needs and what it holds") {
  const auto documents = parse_module_documents(module_text);
  REQUIRE(documents);
  REQUIRE(documents->streams.size() == 6);
  CHECK(documents->streams[3] == ModuleStream{.name = "tool",
                                              .stream = "1",
                                              .version = 1,
                                              .context = "c0",
                                              .needs = {{{"platform", {"el9"}}, {"base", {"2"}}}},
                                              .artifacts = {"tool-0:1-1.x86_64"}});
  CHECK(documents->defaults == std::vector<std::pair<std::string, std::string>>{{"driver", "590"}});
  CHECK(!parse_module_documents("a: [b"));
  CHECK(parse_module_documents("")->streams.empty());
}

TEST_CASE("a module's enabled stream counts before its default, at its newest build") {
  CHECK(active_artifacts({}) == Words{"driver-3:590-1.x86_64"});
  CHECK(active_artifacts({{"driver", "580", "enabled"}}) == Words{"driver-3:580-2.x86_64"});
  CHECK(active_artifacts({{"driver", "", "disabled"}}).empty());
  CHECK(active_artifacts({{"driver", "", ""}}) == Words{"driver-3:590-1.x86_64"});
  CHECK(active_artifacts({}, "el8").empty());
  CHECK(active_artifacts({}, "") == Words{"driver-3:590-1.x86_64"});
}

TEST_CASE("what a module stream needs of another module is in use with it, unless another stream is") {
  const ModuleState off = {"driver", "", "disabled"};
  CHECK(active_artifacts({off, {"tool", "1", "enabled"}}) == Words{"base-0:2-1.x86_64", "tool-0:1-1.x86_64"});
  CHECK(active_artifacts({off, {"tool", "1", "enabled"}, {"base", "1", "enabled"}}) == Words{"base-0:1-1.x86_64"});
}

TEST_CASE("packages of all other module streams are hidden") {
  const auto documents = parse_module_documents(module_text);
  REQUIRE(documents);
  CHECK(modular_rpms(*documents, {}, "el9").hidden == Words{"base-0:1-1.x86_64", "base-0:2-1.x86_64",
                                                            "driver-3:580-1.x86_64", "driver-3:580-2.x86_64",
                                                            "tool-0:1-1.x86_64"});
}

}  // namespace nvprov
