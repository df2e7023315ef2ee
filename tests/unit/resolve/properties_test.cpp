// What holds of every answer, tried on random machines and on every situation of tests/resolve.

#include <algorithm>

#include "base/version.hpp"
#include "random_machine.hpp"
#include "resolve/resolve.hpp"
#include "support/catch.hpp"

using namespace nvprov;
using namespace nvprov::test;

namespace {

// The random machines of the short run, and with --slow those after them.
struct Seeds {
  std::uint32_t first = 1;
  std::uint32_t last = 1;
};
constexpr Seeds short_run = {1, 400};
constexpr Seeds slow_run = {401, 1500};

// Every request with one thing less asked for.
std::vector<Request> with_less_asked(const Request& request) {
  std::vector<Request> all;
  const auto without = [&](auto change) {
    Request less = request;
    change(less);
    if (less != request) all.push_back(std::move(less));
  };
  without([](Request& less) { less.driver = "auto"; });
  without([](Request& less) { less.module = "auto"; });
  without([](Request& less) { less.source = "auto"; });
  without([](Request& less) { less.strict = false; });
  without([](Request& less) { less.cuda = {"auto"}; });
  without([](Request& less) { less.cuda = {"none"}; });
  return all;
}

// Records that can be no answer on this machine: made for another architecture, or of GPUs and branches it has not.
Catalog with_useless_records(Catalog catalog) {
  for (Distro& distro : catalog.distros)
    for (PackageSource& source : distro.package_sources) {
      if (!source.drivers.empty()) {
        DriverOffer offer = source.drivers.back();
        offer.architectures = {"riscv64"};
        offer.version = "999.1";
        offer.end_of_support = "2099-12-31";
        source.drivers.push_back(offer);
      }
      if (!source.cuda.empty()) {
        CudaOffer offer = source.cuda.back();
        offer.architectures = {"riscv64"};
        source.cuda.push_back(offer);
      }
    }
  Distro other = catalog.distros.front();
  other.id = "other-9";
  other.os_id = "other";
  other.version_id = "9";
  catalog.distros.push_back(other);
  GpuModel gpu;
  gpu.device_id = "ffff";
  gpu.name = "Another";
  gpu.architecture = catalog.architectures.front().name;
  catalog.gpus.push_back(gpu);
  return catalog;
}

// A release of a branch that is newer than all of it and packaged as the newest was.
bool add_newer_release(Catalog& catalog, std::size_t index, std::string& added) {
  DriverBranch& branch = catalog.drivers[index % catalog.drivers.size()];
  added = branch.branch + ".9";
  branch.releases.push_back({.version = added, .date = {}});
  bool is_offered = false;
  for (PackageSource& source : catalog.distros.front().package_sources) {
    const auto newest = std::find_if(source.drivers.rbegin(), source.drivers.rend(),
                                     [&](const DriverOffer& offer) { return offer.branch == branch.branch; });
    if (newest == source.drivers.rend()) continue;
    DriverOffer offer = *newest;
    offer.version = added;
    offer.package_version = added + "-1";
    source.drivers.push_back(std::move(offer));
    is_offered = true;
  }
  return is_offered;
}

std::string branch_of(const Resolution& resolution) { return resolution.driver ? resolution.driver->branch : ""; }

void check_less_asked(Seeds seeds) {
  int tried = 0;
  for (std::uint32_t seed = seeds.first; seed <= seeds.last; ++seed) {
    INFO("seed " << seed);
    const RandomMachine machine = random_machine(seed);
    if (!resolve(machine.facts, machine.catalog, machine.request, {})) continue;
    for (const Request& less : with_less_asked(machine.request)) {
      ++tried;
      CHECK(resolve(machine.facts, machine.catalog, less, {}).has_value());
    }
  }
  CHECK(tried > 50);
}

void check_useless_records(Seeds seeds) {
  for (std::uint32_t seed = seeds.first; seed <= seeds.last; ++seed) {
    INFO("seed " << seed);
    const RandomMachine machine = random_machine(seed);
    const auto before = resolve(machine.facts, machine.catalog, machine.request, {});
    const auto after = resolve(machine.facts, with_useless_records(machine.catalog), machine.request, {});
    REQUIRE(before.has_value() == after.has_value());
    if (before) CHECK(*before == *after);
    if (!before) CHECK(before.error().requirements == after.error().requirements);
  }
}

void check_newer_release(Seeds seeds) {
  int changed = 0;
  for (std::uint32_t seed = seeds.first; seed <= seeds.last; ++seed) {
    INFO("seed " << seed);
    RandomMachine machine = random_machine(seed);
    const auto before = resolve(machine.facts, machine.catalog, machine.request, {});
    std::string added;
    if (!add_newer_release(machine.catalog, seed, added)) continue;
    const auto after = resolve(machine.facts, machine.catalog, machine.request, {});
    if (before && !after) FAIL("a release more, and no answer any longer");
    if (!before || before->driver->version == after->driver->version) continue;
    ++changed;
    CHECK(after->driver->version == added);
    const bool is_newest_asked = machine.request.driver == "newest";
    if (branch_of(*before) != branch_of(*after) && !is_newest_asked) {
      // The new release reaches what the old ones of its branch did not: a CUDA release that was asked for.
      CHECK(machine.request.cuda != std::vector<std::string>{"auto"});
    }
  }
  CHECK(changed > 5);
}

}  // namespace

TEST_CASE("asking for less never makes a machine unservable") { check_less_asked(short_run); }

TEST_CASE("a record that can be no answer changes none") { check_useless_records(short_run); }

TEST_CASE("a newer release of a branch changes only what follows from it") { check_newer_release(short_run); }

TEST_CASE("the properties of answers hold on a thousand machines more", "[.][slow]") {
  check_less_asked(slow_run);
  check_useless_records(slow_run);
  check_newer_release(slow_run);
}

TEST_CASE("the same question is answered with the same words each time") {
  for (std::uint32_t seed = 1; seed <= 300; ++seed) {
    INFO("seed " << seed);
    const RandomMachine machine = random_machine(seed);
    const RandomMachine again = random_machine(seed);
    CHECK((resolve(machine.facts, machine.catalog, machine.request, {}) ==
           resolve(again.facts, again.catalog, again.request, {})));
  }
}
