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

Catalog sound() {
  auto catalog = load_catalog(sample_data());
  REQUIRE(catalog.has_value());
  return std::move(*catalog);
}

bool complains(const Catalog& catalog, std::string_view place, std::string_view message) {
  for (const Diagnostic& problem : lint_catalog(catalog))
    if (problem.place == place && problem.message == message) return true;
  return false;
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

TEST_CASE("lint names records nobody can use") {
  Catalog catalog = sound();
  catalog.distros[0].package_sources[0].drivers.clear();
  CHECK(complains(catalog, "/architectures/2", "no source of any distribution offers a driver for Newera"));
  CHECK(complains(catalog, "/branch", "no source of any distribution offers branch 99, and its support has not ended"));
  catalog = sound();
  catalog.cuda.push_back(catalog.cuda[0]);
  catalog.cuda[1].release = "99.2";
  CHECK(complains(catalog, "/release",
                  "no source of any distribution offers CUDA 99.2, but an older release is offered"));
}

TEST_CASE("lint names what comes back after it was gone, and what goes backwards") {
  Catalog catalog = sound();
  catalog.cuda.push_back(catalog.cuda[0]);
  catalog.cuda.push_back(catalog.cuda[0]);
  catalog.cuda[1].compute_capabilities = {"99.0"};
  CHECK(complains(catalog, "/compute_capabilities", "98.0 is missing, but releases before and after have it"));
  catalog = sound();
  catalog.drivers[1].cuda = "98.0";
  CHECK(complains(catalog, "/cuda", "branch 99 supports CUDA 98.0, and the older branch 98 already 98.9"));
  catalog = sound();
  catalog.families.push_back({});
  catalog.families[0].eras.push_back({});
  catalog.families[0].eras[0].first_branch = "97";
  catalog.families[0].eras[0].last_branch = "98";
  CHECK(complains(catalog, "/eras", "branch 99 falls into no era, but older ones do"));
}

TEST_CASE("lint names what a distribution lacks") {
  Catalog catalog = sound();
  PackageSource& source = catalog.distros[0].package_sources[0];
  source.first_cuda = "99.1";
  source.last_cuda = "99.0";
  CHECK(
      complains(catalog, "/package_sources/0/last_cuda", "the last CUDA release, 99.0, is older than the first, 99.1"));
  source.driver_branches = {"99", "98"};
  CHECK(complains(catalog, "/package_sources/0/driver_branches", "the branches do not stand oldest first"));
  source.architectures = {"x86_64"};
  source.repositories.push_back({});
  CHECK(complains(catalog, "/package_sources/0/repositories/0/addresses",
                  "the source is for x86_64 too, but the repository has no address for it"));
  catalog.distros[0].kernels.clear();
  CHECK(complains(catalog, "/architectures/0", "no kernel of x86_64 is known, so no headers can be chosen"));
}
