#include "model/plan_json.hpp"

#include <functional>

#include "base/text.hpp"
#include "model/words.hpp"
#include "support/catch.hpp"
#include "support/sample_plan.hpp"

using namespace nvprov;

namespace {

// The problems of the sample plan's text after one replacement.
Diagnostics problems_with(std::string_view from, std::string_view to) {
  const std::string text = format_json(plan_to_json(sample_plan()));
  REQUIRE(contains(text, from));
  const auto plan = plan_from_json(replace_all(text, from, to), "plan.json");
  return plan ? Diagnostics{} : plan.error();
}

// Every object member of a document, by its path; list items count as "*".
void collect_keys(const Json& value, const std::string& path, std::vector<std::string>& keys) {
  if (const auto* object = value.get_if<JsonObject>())
    for (const JsonMember& member : *object) {
      keys.push_back(path + "/" + member.key);
      collect_keys(member.value, path + "/" + member.key, keys);
    }
  if (const auto* array = value.get_if<JsonArray>())
    for (const Json& item : *array) collect_keys(item, path + "/*", keys);
}

}  // namespace

TEST_CASE("a plan with every field set comes back from JSON as it was") {
  const auto plan = plan_from_json(format_json(plan_to_json(sample_plan())), "plan.json");
  REQUIRE(plan);
  CHECK(*plan == sample_plan());
}

TEST_CASE("a plan with nothing known comes back from JSON as it was") {
  const auto plan = plan_from_json(format_json(plan_to_json(Plan{})), "plan.json");
  REQUIRE(plan);
  CHECK(*plan == Plan{});
}

TEST_CASE("every field of a plan is there, null where unknown") {
  const Json json = plan_to_json(Plan{});
  for (const char* key : {"metadata_digest", "metadata_fetched_at"}) {
    REQUIRE(json.find(key) != nullptr);
    CHECK(json.find(key)->is_null());
  }
  CHECK(json.find("resolution")->find("driver")->is_null());
  CHECK(json.find("request")->find("target")->is_null());
  CHECK(json.find("closure")->find("disk_bytes")->is_null());
  Plan unversioned;
  unversioned.closure.packages.push_back({.action = PackageAction::install,
                                          .name = "a",
                                          .architecture = "amd64",
                                          .version = {},
                                          .old_version = {},
                                          .origin = {},
                                          .repository = {},
                                          .path = {},
                                          .digest = {},
                                          .download_bytes = {},
                                          .installed_bytes = {},
                                          .license = {}});
  std::vector<std::string> keys;
  collect_keys(*plan_to_json(unversioned).find("closure"), "", keys);
  CHECK(keys == std::vector<std::string>{
                    "/known", "/packages", "/packages/*/action", "/packages/*/name", "/packages/*/architecture",
                    "/packages/*/version", "/packages/*/old_version", "/packages/*/origin", "/packages/*/repository",
                    "/packages/*/path", "/packages/*/digest", "/packages/*/download_bytes",
                    "/packages/*/installed_bytes", "/packages/*/license", "/packages/*/requested",
                    "/packages/*/driver_versioned", "/packages/*/held", "/download_bytes", "/disk_bytes"});
}

TEST_CASE("every field of a plan is required") {
  const std::string text = format_json(plan_to_json(sample_plan()));
  std::vector<std::string> keys;
  collect_keys(plan_to_json(sample_plan()), "", keys);
  REQUIRE(keys.size() > 100);
  for (const std::string& path : keys) {
    const std::string key = path.substr(path.rfind('/') + 1);
    CAPTURE(key);
    const auto plan = plan_from_json(replace_all(text, "\"" + key + "\":", "\"other_" + key + "\":"), "plan.json");
    REQUIRE(!plan);
    CHECK(plan.error().front().file == "plan.json");
  }
}

TEST_CASE("a plan of a newer nvprov is refused and told apart from another file") {
  CHECK(problems_with("nvprov.plan/2", "nvprov.plan/3") ==
        Diagnostics{{"plan.json", "/schema",
                     "written by a newer nvprov: the schema is `nvprov.plan/3`, this nvprov reads `nvprov.plan/2`",
                     "use the nvprov that wrote it, or write it again with this one"}});
  CHECK(problems_with("nvprov.plan/2", "nvprov.facts/2") ==
        Diagnostics{{"plan.json", "/schema", "expected the schema `nvprov.plan/2`, found `nvprov.facts/2`", ""}});
  CHECK(problems_with("nvprov.plan/2", "nvprov.plan/x") ==
        Diagnostics{{"plan.json", "/schema", "expected the schema `nvprov.plan/2`, found `nvprov.plan/x`", ""}});
}

TEST_CASE("a truncated plan is refused wherever it ends") {
  const std::string text = format_json(plan_to_json(sample_plan()));
  for (std::size_t length = 0; length + 2 < text.size(); length += 97) {
    CAPTURE(length);
    const auto plan = plan_from_json(text.substr(0, length), "plan.json");
    REQUIRE(!plan);
    CHECK(plan.error().front().file == "plan.json");
  }
}

TEST_CASE("a step of an unknown kind is refused by its place, without more noise") {
  CHECK(problems_with("\"add-repository\"", "\"run-command\"") ==
        Diagnostics{{"plan.json", "/steps/0/kind", "unknown kind of step `run-command`", ""}});
}

TEST_CASE("a word that is not one of its table is refused with a suggestion") {
  CHECK(problems_with("\"after-reboot\"", "\"after-rebot\"") ==
        Diagnostics{{"plan.json", "/usable", "unknown word `after-rebot`", "did you mean `after-reboot`?"}});
}

TEST_CASE("wrong types, numbers and modes in a plan are each named with their place") {
  CHECK(problems_with("\"0600\"", "\"0689\"") ==
        Diagnostics{{"plan.json", "/steps/2/mode", "expected octal permission bits such as `0644`, found `0689`", ""}});
  CHECK(problems_with("\"installed_bytes\": 2000", "\"installed_bytes\": -1") ==
        Diagnostics{
            {"plan.json", "/closure/packages/0/installed_bytes", "expected a number of 0 or more, found -1", ""}});
  CHECK(problems_with("\"autoremove\"", "7") ==
        Diagnostics{{"plan.json", "/undo/1/1", "expected a string, found a whole number", ""}});
  CHECK(problems_with("\"third_party\"", "\"third_prty\"").size() == 2);  // one missing, one unknown
}

TEST_CASE("a plan that is no object is refused") {
  for (const char* text : {"[]", "null", "7", "\"plan\""}) {
    CAPTURE(text);
    const auto plan = plan_from_json(text, "plan.json");
    REQUIRE(!plan);
    CHECK(plan.error().front().place == "/");
  }
}

TEST_CASE("equal plans are equal bytes") {
  CHECK(format_json(plan_to_json(sample_plan())) == format_json(plan_to_json(sample_plan())));
}

TEST_CASE("a closure on its own comes back from JSON as it was") {
  const Closure closure = sample_plan().closure;
  const auto read = closure_from_json(format_json(closure_to_json(closure)), "closure.json");
  REQUIRE(read);
  CHECK(*read == closure);
}

TEST_CASE("a refusal is its requirements, conflicts and remedies") {
  const Unsatisfiable refusal = {
      .requirements = {{RequirementKind::gpu, "T4"}},
      .conflicts = {{.reason = ConflictReason::no_gpu, .subject = "s", .other = "o", .limit = "l", .sources = {}}},
      .remedies = {{.changes = {{"run", "v"}}, .effect = "e"}}};
  CHECK(unsatisfiable_to_json(refusal) ==
        Json(JsonObject{
            {"requirements", JsonArray{JsonObject{{"kind", "gpu"}, {"subject", "T4"}}}},
            {"conflicts",
             JsonArray{JsonObject{
                 {"reason", "no-gpu"}, {"subject", "s"}, {"other", "o"}, {"limit", "l"}, {"sources", JsonArray{}}}}},
            {"remedies", JsonArray{JsonObject{{"changes", JsonArray{JsonObject{{"action", "run"}, {"value", "v"}}}},
                                              {"effect", "e"}}}}}));
}
