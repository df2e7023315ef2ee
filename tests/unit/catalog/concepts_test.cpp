// What is wrong with the file of a concept is named with its place.
#include "catalog/concepts.hpp"

#include "base/text.hpp"
#include "support/catch.hpp"
#include "support/show_diagnostic.hpp"
#include "unit/catalog/sample_data.hpp"

using namespace nvprov;

namespace {

// A concept that is as it should be; `id` is put in.
std::string concept_json(std::string_view id) {
  return replace_all(R"json({
  "schema": "nvprov.concept/1",
  "sources": {"guide": {"title": "Invented guide", "url": "https://example.org/guide"}},
  "id": "@", "order": 10, "source": ["guide"],
  "aliases": ["the @"], "phrases": [],
  "title": {"en": "@", "zh": "@"},
  "what": {"en": "A thing.", "zh": "一样东西。"},
  "needed_by": {"en": "Some.", "zh": "有人需要。"},
  "not_needed_by": {"en": "Others.", "zh": "有人不需要。"},
  "without_it": {"en": "Nothing.", "zh": "没有影响。"},
  "parts": [{"component": "@-part", "what": {"en": "its part", "zh": "它的部分"}}],
  "stands_for": [], "packages": [], "shows": ["driver"],
  "questions": [{"key_words": ["why"], "question": {"en": "Why?", "zh": "为什么？"},
                 "answer": {"en": "So.", "zh": "因此。"}}],
  "related": []
})json",
                     "@", id);
}

std::vector<DataFile> two_concepts() {
  return {{"manifests/concepts/beta.json", replace_all(concept_json("beta"), "\"order\": 10", "\"order\": 20")},
          {"manifests/concepts/alpha.json", concept_json("alpha")}};
}

// The first problem of two concepts of which the first has `from` replaced by `to`: "file: place: message".
std::string problem_with(std::string_view from, std::string_view to) {
  std::vector<DataFile> files = two_concepts();
  REQUIRE(contains(files.front().text, from));
  files.front().text = replace_all(files.front().text, from, to);
  const auto loaded = load_concepts(files);
  if (loaded) return "none";
  const Diagnostic& first = loaded.error().front();
  return first.file + ": " + first.place + ": " + first.message;
}

}  // namespace

TEST_CASE("concepts come in the order a newcomer should meet them") {
  const auto loaded = load_concepts(two_concepts());
  if (!loaded) CHECK(loaded.error() == Diagnostics{});
  REQUIRE(loaded);
  REQUIRE(loaded->size() == 2);
  CHECK(loaded->front().id == "alpha");
  CHECK(loaded->front().aliases == std::vector<std::string>{"the alpha"});
  CHECK(loaded->back().questions.front().answer == LocalText{"So.", "因此。"});
}

TEST_CASE("what is wrong with a concept is named") {
  const std::string file = "manifests/concepts/beta.json: ";
  CHECK(problem_with(R"("en": "A thing.", )", "") == file + "/what: the field `en` is missing");
  CHECK(problem_with(R"(, "zh": "一样东西。")", "") == file + "/what: the field `zh` is missing");
  CHECK(problem_with("一样东西。", "A thing.") == file + "/what/zh: is not Chinese");
  CHECK(problem_with("A thing.", "一样东西。") == file + "/what/en: is not English");
  CHECK(problem_with("A thing.", " ") == file + "/what/en: is empty");
  CHECK(problem_with("\"id\": \"beta\"", "\"id\": \"gamma\"") ==
        file + "/id: the file is named beta.json but holds `gamma`");
  CHECK(problem_with("\"related\": []", "\"related\": [\"alfa\"]") == file + "/related/0: there is no concept `alfa`");
  CHECK(problem_with("\"related\": []", "\"related\": [\"beta\"]") ==
        file + "/related/0: a concept is not related to itself");
  CHECK(problem_with("\"the beta\"", "\"alpha\"") == file + "/aliases/0: `alpha` is a concept of its own");
  CHECK(problem_with("\"the beta\"", "\"The Beta\"") == file + "/aliases/0: `The Beta` has capital letters");
  CHECK(problem_with("\"driver\"", "\"drivers\"") == file + "/shows/0: `drivers` is not a word known here");
  CHECK(problem_with("[\"guide\"]", "[\"guid\"]") == file + "/source/0: `guid` is not one of the file's sources");
  CHECK(problem_with("https://example.org", "http://example.org") ==
        file + "/sources/guide/url: `http://example.org/guide` is an http address");
  CHECK(problem_with("\"order\": 20", "\"order\": \"first\"") ==
        file + "/order: expected a whole number, found a string");
  CHECK(problem_with("\"packages\": []", "\"packages\": [\"x-{nothing}\"]") ==
        file + "/packages/0: `nothing` is not a placeholder");
  CHECK(problem_with("\"packages\": []", "\"packages\": [], \"package\": []") == file + "/package: unknown field");
  CHECK(problem_with("nvprov.concept/1", "nvprov.concept/2") != "none");
}

TEST_CASE("a component belongs to one concept only") {
  CHECK(problem_with("beta-part", "alpha-part") ==
        "manifests/concepts/alpha.json: /parts: `alpha-part` belongs to the concept `beta` already");
}

TEST_CASE("an overlay replaces a concept and adds one, and is checked with the others") {
  const auto base = load_concepts(two_concepts());
  REQUIRE(base);
  const auto overlaid = overlay_concepts(
      *base,
      std::vector<DataFile>{{"manifests/concepts/alpha.json", replace_all(concept_json("alpha"), "A thing.", "Ours.")},
                            {"manifests/concepts/gamma.json", concept_json("gamma")},
                            {"manifests/drivers/1.json", "not read here"}});
  if (!overlaid) CHECK(overlaid.error() == Diagnostics{});
  REQUIRE(overlaid);
  CHECK(overlaid->size() == 3);
  CHECK(find_concept(*overlaid, "alpha")->what.en == "Ours.");
  const auto dangling = overlay_concepts(
      *base,
      std::vector<DataFile>{{"manifests/concepts/gamma.json",
                             replace_all(concept_json("gamma"), "\"related\": []", "\"related\": [\"delta\"]")}});
  REQUIRE_FALSE(dangling);
  CHECK(dangling.error().front().file == "manifests/concepts/gamma.json");
}

TEST_CASE("a catalog with concepts is the catalog without them, but a broken one is refused with the rest") {
  std::vector<DataFile> files = nvprov::test::sample_data();
  const auto without = load_catalog(files);
  for (DataFile& file : two_concepts()) files.push_back(std::move(file));
  const auto with = load_catalog(files);
  REQUIRE(without);
  REQUIRE(with);
  CHECK(*with == *without);
  files.back().text = "{";
  CHECK_FALSE(load_catalog(files));
}
