// Data that loads and is wrong all the same: each fault is named, with its file and place.
#include "catalog/lint.hpp"

#include "catalog/catalog.hpp"
#include "support/catch.hpp"
#include "support/show_diagnostic.hpp"
#include "unit/catalog/sample_data.hpp"

using namespace nvprov;
using namespace nvprov::test;

namespace {

Diagnostics lint_of(const std::vector<DataFile>& files) {
  const auto catalog = load_catalog(files);
  REQUIRE(catalog.has_value());
  return lint_catalog(*catalog);
}

// `from` becomes `to` in a file; among the problems is this one.
struct Seed {
  std::string_view file;
  std::string_view from;
  std::string_view to;
  std::string place;
  std::string message;
};

void check_seeds(const std::vector<Seed>& seeds) {
  for (const Seed& seed : seeds) {
    INFO(seed.message);
    const Diagnostics found = lint_of(changed_data(seed.file, seed.from, seed.to));
    REQUIRE(found.size() == 1);
    CHECK(found.front().file == seed.file);
    CHECK(found.front().place == seed.place);
    CHECK(found.front().message == seed.message);
  }
}

constexpr std::string_view driver_99_file = "manifests/drivers/99.json";
constexpr std::string_view cuda_99_file = "manifests/cuda/99.1.json";
constexpr std::string_view gpus_json_file = "manifests/gpus.json";
constexpr std::string_view example_file = "distros/example-9.json";

}  // namespace

TEST_CASE("lint finds nothing in the embedded catalog and in sound data") {
  CHECK(lint_catalog(embedded_catalog()) == Diagnostics{});
  CHECK(lint_of(sample_data()) == Diagnostics{});
}

TEST_CASE("lint names each date that cannot be") {
  check_seeds({
      {driver_99_file, R"("end_of_life": null)", R"("end_of_life": "2026-05-03")", "/end_of_life",
       "support ends on 2026-05-03, before the release 99.10.01 of 2026-05-04"},
      {driver_99_file, R"("date": null)", R"("date": "2026-11-23")", "/releases/1/date",
       "2026-11-23 is after the day the catalog was gathered, 2026-11-22"},
      {cuda_99_file, R"("date": "2026-05-04")", R"("date": "2027-05-04")", "/updates/0/date",
       "2027-05-04 is after the day the catalog was gathered, 2026-11-22"},
  });
}

TEST_CASE("lint names each range with a gap and each floor that leads nowhere") {
  check_seeds({
      {cuda_99_file, R"("min_driver": "99.10.01")", R"("min_driver": "100.1.1")", "/updates/0/min_driver",
       "driver 100.1.1 belongs to no branch of the catalog"},
      {cuda_99_file, R"("minor_compat_min_driver": "99.10.01")", R"("minor_compat_min_driver": "100.20.02")",
       "/updates/0/min_driver",
       "driver 99.10.01 is of an older branch than the floor of minor-version compatibility, 100.20.02"},
      {cuda_99_file, R"(["98.0", "99.0"])", R"(["98.0", "99.0", "99.5"])", "/compute_capabilities/2",
       "no architecture has the compute capability 99.5"},
  });
}
