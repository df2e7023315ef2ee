#include "model/counted_facts.hpp"

#include <fstream>
#include <sstream>

#include "model/facts_json.hpp"
#include "support/catch.hpp"

using namespace nvprov;

namespace {

Json recorded(const std::string& name) {
  std::ifstream file(std::string(NVPROV_SOURCE_DIR) + "/tests/golden/hosts/" + name + ".facts.json");
  std::stringstream text;
  text << file.rdbuf();
  const auto json = parse_json(text.str(), name);
  REQUIRE(json);
  return *json;
}

// Every document that differs from this one in one value: a text, a number, a truth.
std::vector<Json> altered(const Json& value) {
  std::vector<Json> all;
  if (const auto* text = value.get_if<std::string>()) all.push_back(*text + "x");
  if (const auto* number = value.get_if<std::int64_t>()) all.push_back(*number + 1);
  if (const auto* truth = value.get_if<bool>()) all.push_back(!*truth);
  if (value.is_null()) all.push_back("x");
  if (const auto* items = value.get_if<JsonArray>())
    for (std::size_t i = 0; i < items->size(); ++i)
      for (Json& other : altered((*items)[i])) {
        JsonArray copy = *items;
        copy[i] = std::move(other);
        all.emplace_back(std::move(copy));
      }
  if (const auto* members = value.get_if<JsonObject>())
    for (std::size_t i = 0; i < members->size(); ++i)
      for (Json& other : altered((*members)[i].value)) {
        JsonObject copy = *members;
        copy[i].value = std::move(other);
        all.emplace_back(std::move(copy));
      }
  return all;
}

}  // namespace

TEST_CASE("the digest of a facts document tells two apart just where a plan may") {
  int same = 0;
  for (const char* name : {"debian12-8xa100-nvswitch", "debian12-h100-v100", "chroot"}) {
    const Json document = recorded(name);
    const std::string digest = counted_digest(document);
    const HostFacts facts = counted_facts(*facts_of_document(document, name));
    for (const Json& other : altered(document)) {
      const auto read = facts_of_document(other, name);
      const bool is_same = read && counted_facts(*read) == facts;
      INFO(format_json(other));
      REQUIRE((counted_digest(other) == digest) == is_same);
      same += is_same ? 1 : 0;
    }
  }
  CHECK(same > 30);  // addresses, days, words
}

TEST_CASE("two documents of different facts never have the same bytes to digest") {
  CHECK(counted_digest(JsonArray{"ab", "c"}) != counted_digest(JsonArray{"a", "bc"}));
  CHECK(counted_digest(JsonArray{"1"}) != counted_digest(JsonArray{1}));
  CHECK(counted_digest(JsonArray{JsonArray{}, 1}) != counted_digest(JsonArray{JsonArray{1}}));
  CHECK(counted_digest(JsonObject{{"gpus", JsonArray{JsonObject{{"address", "a"}}}}}) !=
        counted_digest(JsonObject{{"gpus", JsonArray{JsonObject{{"address", 1}}}}}));
}
