#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "base/text.hpp"
#include "closure/closure.hpp"
#include "contract/local_archive.hpp"
#include "host/posix_host.hpp"
#include "packages/apt.hpp"
#include "support/catch.hpp"

namespace nvprov {
namespace {

// A bare root of Debian 12 made for this test, with one-line sources.
std::string root() { return std::getenv("NVPROV_CONTRACT_ROOT"); }

Distro debian() {
  Distro distro;
  distro.codename = "bookworm";
  return distro;
}

PackageSource archive_of_debian() {
  PackageSource source;
  source.id = "distro";
  source.title = "the distribution's own archive";
  source.suites = {"{codename}", "{codename}-security"};
  source.components = {"contrib", "non-free", "non-free-firmware"};
  return source;
}

// "install libcuda1 amd64 535.309.01-0+deb12u1"
std::vector<std::string> words_of(const std::vector<PackageChange>& changes) {
  std::vector<std::string> words;
  for (const PackageChange& change : changes)
    words.push_back(fmt::format("{} {} {} {}", static_cast<int>(change.action), change.name, change.architecture,
                                change.version.value_or("")));
  std::ranges::sort(words);
  return words;
}

std::vector<PackageChange> simulated_inside(const InstallPackages& step) {
  const auto inside = make_posix_host(root());
  const auto updated = inside->run({update_argv(), {}}, {});
  REQUIRE(updated);
  REQUIRE(updated->exit_status == 0);
  const auto output = inside->run({simulate_argv(step), {}}, {});
  REQUIRE(output);
  REQUIRE(output->exit_status == 0);
  const auto simulation = parse_simulation(output->out);
  REQUIRE(simulation);
  return simulation->changes;
}

}  // namespace

TEST_CASE("what apt is asked from outside is what it does inside the root", "[network]") {
  const auto machine = make_posix_host("/");
  const test::TempFolder cache;
  HostFacts facts;
  facts.package_facts.architecture = "amd64";
  Diagnostics problems;
  const auto sources = machine->read_file(root() + "/etc/apt/sources.list");
  REQUIRE((sources && *sources));
  facts.package_facts.repositories = parse_one_line_sources(**sources, "/etc/apt/sources.list", problems);
  const auto added = component_repository(facts.package_facts, debian(), archive_of_debian());
  REQUIRE(added);
  const ConsultedRepositories repositories{facts.package_facts.repositories, {*added}, {}, {}, {}};
  const PrivateApt apt{cache.path() + "/cache", root()};
  InstallPackages step;
  step.packages = {{"libcuda1", std::nullopt}, {"nvidia-smi", std::nullopt}, {"nvidia-kernel-dkms", std::nullopt}};

  const auto metadata = fetch_metadata(*machine, apt, facts, repositories, {"libcuda1", "nvidia-smi"});
  REQUIRE(metadata);
  CHECK(metadata->offers.size() >= 2);
  const auto closure = close_packages(*machine, apt, facts, repositories, {step});
  REQUIRE(closure);
  REQUIRE(*closure);
  CHECK((*closure)->packages.size() > 20);

  REQUIRE(machine->write_file(root() + added->path, added->content, 0644));
  CHECK(words_of((*closure)->packages) == words_of(simulated_inside(step)));
}

}  // namespace nvprov
