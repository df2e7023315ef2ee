#include "base/text.hpp"
#include "model/plan_json.hpp"
#include "support/catch.hpp"
#include "support/sample_plan.hpp"

using namespace nvprov;

TEST_CASE("a journal with every field set comes back from JSON as it was, bytes of files included") {
  const auto journal = journal_from_json(format_json(journal_to_json(sample_journal())), "journal.json");
  REQUIRE(journal);
  CHECK(*journal == sample_journal());
}

TEST_CASE("an empty journal comes back from JSON as it was") {
  const auto journal = journal_from_json(format_json(journal_to_json(Journal{})), "journal.json");
  REQUIRE(journal);
  CHECK(*journal == Journal{});
}

TEST_CASE("a journal whose pre-image is damaged is refused by its place") {
  Journal journal = sample_journal();
  journal.steps.resize(1);
  const std::string text = format_json(journal_to_json(journal));
  REQUIRE(contains(text, "Ynl0ZXMgAP8K"));
  const auto read = journal_from_json(replace_all(text, "Ynl0ZXMgAP8K", "Ynl0ZXMgAP8"), "journal.json");
  REQUIRE(!read);
  CHECK(read.error() == Diagnostics{{"journal.json", "/steps/0/pre_images/0/content_base64", "expected base64", ""}});
}

TEST_CASE("a journal of a newer nvprov is refused") {
  const std::string text = format_json(journal_to_json(sample_journal()));
  const auto read = journal_from_json(replace_all(text, "nvprov.journal/1", "nvprov.journal/12"), "journal.json");
  REQUIRE(!read);
  CHECK(contains(read.error().front().message, "written by a newer nvprov"));
}
