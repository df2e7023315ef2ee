#include "resolve/catalog_diff.hpp"

#include "catalog/catalog.hpp"
#include "catalog/expand_families.hpp"
#include "support/catch.hpp"
#include "unit/catalog/sample_data.hpp"

using namespace nvprov;
using namespace nvprov::test;

namespace {

Catalog catalog_from(const std::vector<DataFile>& files) {
  auto catalog = load_catalog(files);
  REQUIRE(catalog.has_value());
  expand_families(*catalog);
  return std::move(*catalog);
}

CatalogDiff change(std::string_view file, std::string_view from, std::string_view to) {
  return diff_answers(catalog_from(sample_data()), catalog_from(changed_data(file, from, to)), "2026-11-26");
}

}  // namespace

TEST_CASE("data that differs in nothing changes no answer") {
  const CatalogDiff diff = diff_answers(catalog_from(sample_data()), catalog_from(sample_data()), "2026-11-26");
  CHECK(diff.compared == 3);  // one distribution, one profile, three kinds of GPU
  CHECK(diff.changes.empty());
}

TEST_CASE("another package name is another answer for every GPU the distribution serves") {
  const CatalogDiff diff =
      change("distros/example-9.json", R"("packages": ["example-open-dkms"])", R"("packages": ["example-new-dkms"])");
  REQUIRE(diff.changes.size() == 1);
  const AnswerChange& found = diff.changes.front();
  CHECK(found.profile == "deploy");
  CHECK(found.distros == std::vector<std::string>{"example-9"});
  REQUIRE(found.gpus.size() == 2);
  CHECK(found.gpus[0].example.name == "Invented M2");
  CHECK(found.gpus[1].example.name == "Invented N3");
  CHECK(found.before.driver == "99.20.02");
  CHECK(found.before.packages.front() == "example-open-dkms");
  CHECK(found.after.packages.front() == "example-new-dkms");
}

TEST_CASE("a branch that serves no GPU of an architecture any more makes answers impossible") {
  const CatalogDiff diff =
      change("manifests/drivers/99.json", R"("newest_architecture": "Newera")", R"("newest_architecture": "Midera")");
  REQUIRE(diff.changes.size() == 1);
  CHECK(diff.changes.front().gpus.front().example.device_id == "fe03");
  CHECK_FALSE(diff.changes.front().before.refusal);
  REQUIRE(diff.changes.front().after.refusal);
  CHECK(diff.changes.front().after.refusal->reason == ConflictReason::gpu_newer_than_branch);
}

TEST_CASE("a GPU of another architecture gets the answer of that one") {
  const CatalogDiff diff =
      change("manifests/gpus.json", R"("name": "Invented O1", "architecture": "Oldera", "compute_capability": null)",
             R"("name": "Invented O1", "architecture": "Midera", "compute_capability": "98.0")");
  REQUIRE(diff.changes.size() == 1);
  CHECK(diff.changes.front().gpus.front().example.device_id == "fe01");
  CHECK(diff.changes.front().before.refusal);
  CHECK(diff.changes.front().after.driver == "99.20.02");
}
