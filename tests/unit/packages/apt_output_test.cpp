#include <algorithm>

#include "packages/apt.hpp"
#include "support/catch.hpp"
#include "unit/packages/recorded.hpp"

namespace nvprov {
namespace {

using Versions = std::optional<std::string>;

PackageChange change(PackageAction action, std::string name, Versions version, Versions old_version) {
  PackageChange value;
  value.action = action;
  value.name = std::move(name);
  value.version = std::move(version);
  value.old_version = std::move(old_version);
  if (value.version) value.architecture = "amd64";
  if (value.version) value.origin = "Example-Label oldstable";
  return value;
}

PackageOffer offer(std::string name, std::string version, std::string origin, std::string suite, bool candidate) {
  PackageOffer value;
  value.name = std::move(name);
  value.version = std::move(version);
  value.origin = std::move(origin);
  value.suite = std::move(suite);
  value.candidate = candidate;
  return value;
}

std::vector<std::string> subjects(const std::string& file) {
  std::vector<std::string> words;
  for (const Conflict& conflict : parse_unmet_dependencies(recorded(file))) {
    CHECK(conflict.reason == ConflictReason::packages_unsatisfiable);
    words.push_back(conflict.subject);
  }
  return words;
}

}  // namespace

TEST_CASE("a simulated transaction tells what each package becomes") {
  using enum PackageAction;
  for (const std::string distro : {"debian-12/", "debian-13/"}) {
    CAPTURE(distro);
    const auto simulated = [&](const std::string& file) {
      const auto simulation = parse_simulation(recorded(distro + file));
      REQUIRE(simulation);
      return simulation->changes;
    };
    CHECK(simulated("simulate-upgrade.txt") ==
          std::vector<PackageChange>{change(upgrade, "fake-driver", "99.9.0-1", "98.1.0-1"),
                                     change(upgrade, "fake-library", "99.9.0-1", "98.1.0-1")});
    CHECK(simulated("simulate-downgrade-both.txt") ==
          std::vector<PackageChange>{change(downgrade, "fake-driver", "98.1.0-1", "99.9.0-1"),
                                     change(downgrade, "fake-library", "98.1.0-1", "99.9.0-1")});
    CHECK(simulated("simulate-removal.txt") ==
          std::vector<PackageChange>{change(remove, "fake-driver", std::nullopt, "98.1.0-1"),
                                     change(install, "fake-replacer", "99.9.0-1", std::nullopt)});
    PackageChange again = change(keep, "fake-data", "1:2.0+dfsg-1~test1", "1:2.0+dfsg-1~test1");
    again.architecture = "all";
    CHECK(simulated("simulate-reinstall.txt") == std::vector<PackageChange>{again});
    CHECK(simulated("simulate-nothing.txt").empty());
  }
}

TEST_CASE("a real driver's transaction is read whole") {
  const auto simulation = parse_simulation(recorded("debian-12/simulate-driver.txt"));
  REQUIRE(simulation);
  CHECK(simulation->changes.size() == 58);
  PackageChange library;
  library.name = "libcuda1";
  library.architecture = "amd64";
  library.version = "535.309.01-0+deb12u1";
  library.origin = "Debian-Security oldstable-security";
  CHECK(std::ranges::count(simulation->changes, library) == 1);
  CHECK(parse_simulation(recorded("debian-13/simulate-driver.txt"))->changes.size() == 45);
}

TEST_CASE("a foreign architecture, several releases and a package from a file are read") {
  const auto simulation = parse_simulation(
      "NOTE: This is only a simulation!\n"
      "Inst libcuda1:i386 (535.1-1 Debian:12.15/oldstable, Other:1/old [i386]) [dep:i386 on x:i386 ]\n"
      "Inst local [1.0-1] (1.0-2 [all])\n"
      "Conf libcuda1:i386 (535.1-1 Debian:12.15/oldstable [i386])\n"
      "Purg gone:i386 [3]\n");
  REQUIRE(simulation);
  PackageChange foreign = change(PackageAction::install, "libcuda1", "535.1-1", std::nullopt);
  foreign.architecture = "i386";
  foreign.origin = "Debian oldstable";
  PackageChange local = change(PackageAction::upgrade, "local", "1.0-2", "1.0-1");
  local.architecture = "all";
  local.origin = std::nullopt;
  PackageChange gone = change(PackageAction::remove, "gone", std::nullopt, "3");
  gone.architecture = "i386";
  CHECK(simulation->changes == std::vector<PackageChange>{gone, foreign, local});
}

TEST_CASE("a cut-off line of a simulation is an error") {
  CHECK(!parse_simulation("Inst libcuda1 (535.1-1 Debian"));
  CHECK(!parse_simulation("Inst libcuda1\n"));
  CHECK(!parse_simulation("Remv libcuda1\n"));
}

TEST_CASE("a refused transaction is one conflict per package, in apt's words") {
  for (const std::string distro : {"debian-12/", "debian-13/"}) {
    CAPTURE(distro);
    const std::vector<std::string> broken = {
        "fake-broken: Depends: fake-missing (>= 3) but it is not installable; Depends: fake-library (= 97.0-1) but it "
        "is not going to be installed"};
    CHECK(subjects(distro + "simulate-unmet.txt") == broken);
    CHECK(subjects(distro + "simulate-unmet-chain.txt") == broken);
    CHECK(subjects(distro + "simulate-held.txt") ==
          std::vector<std::string>{"fake-driver: Depends: fake-library (= 99.9.0-1) but 98.1.0-1 is to be installed"});
    CHECK(subjects(distro + "simulate-not-located.txt") ==
          std::vector<std::string>{"Unable to locate package fake-nothing"});
    CHECK(subjects(distro + "simulate-version-missing.txt") ==
          std::vector<std::string>{"Version '1.0' for 'fake-driver' was not found"});
    CHECK(subjects(distro + "simulate-virtual.txt") ==
          std::vector<std::string>{"Package 'fake-missing' has no installation candidate"});
    CHECK(subjects(distro + "simulate-upgrade.txt").empty());
  }
  CHECK(subjects("debian-12/simulate-unmet-alternatives.txt") ==
        std::vector<std::string>{"nvidia-open-kernel-dkms: Depends: firmware-nvidia-gsp (= 535.261.03) or "
                                 "firmware-nvidia-gsp-535.261.03; Depends: nvidia-open-kernel-support--v1"});
}

TEST_CASE("every offered version is listed with origin, suite and whether it is the candidate") {
  for (const std::string distro : {"debian-12/", "debian-13/"}) {
    CAPTURE(distro);
    const auto offers = parse_policy(recorded(distro + "policy-files.txt") + recorded(distro + "policy.txt"));
    REQUIRE(offers);
    CHECK(*offers == std::vector<PackageOffer>{
                         offer("fake-driver", "99.9.0-1", "Example", "bookworm", true),
                         offer("fake-driver", "98.1.0-1", "Example", "bookworm", false),
                         offer("fake-library", "99.9.0-1", "Example", "bookworm", true),
                         offer("fake-library", "98.1.0-1", "Example", "bookworm", false),
                         offer("fake-data", "1:2.0+dfsg-1~test1", "Example", "bookworm", true),
                     });
  }
}

TEST_CASE("the security archive's version is the candidate and named by code name") {
  const auto offers =
      parse_policy(recorded("debian-12/policy-files-driver.txt") + recorded("debian-12/policy-driver.txt"));
  REQUIRE(offers);
  CHECK(std::vector<PackageOffer>(offers->begin(), offers->begin() + 2) ==
        std::vector<PackageOffer>{
            offer("libcuda1", "535.309.01-0+deb12u1", "Debian", "bookworm-security", true),
            offer("libcuda1", "535.261.03-1", "Debian", "bookworm", false),
        });
  CHECK(offers->size() == 9);
}

TEST_CASE("a policy without the list of index files still tells the suite") {
  const auto offers = parse_policy(recorded("debian-13/policy.txt"));
  REQUIRE(offers);
  CHECK(offers->front() == offer("fake-driver", "99.9.0-1", "", "bookworm", true));
}

TEST_CASE("a version that is only installed is not offered") {
  const auto offers = parse_policy(
      "local:\n"
      "  Installed: 2.0\n"
      "  Candidate: 2.0\n"
      "  Package pin: 2.0\n"
      "  Version table:\n"
      " *** 2.0 100\n"
      "        100 /var/lib/dpkg/status\n"
      "     1.0 -10\n"
      "        -10 http://mirror.example.org bookworm/main amd64 Packages\n");
  REQUIRE(offers);
  CHECK(*offers == std::vector<PackageOffer>{offer("local", "1.0", "", "bookworm", false)});
}

TEST_CASE("a policy that is none is an error") {
  CHECK(!parse_policy("  500 nothing\n"));
  CHECK(!parse_policy("libcuda1:\n  Surprise: 1\n"));
}

TEST_CASE("sizes are read in bytes") {
  const auto offers = parse_show(recorded("debian-12/show-driver.txt"));
  REQUIRE(offers);
  PackageOffer library = offer("libcuda1", "535.309.01-0+deb12u1", "", "", false);
  library.architecture = "amd64";
  library.download_bytes = 3003924;
  library.installed_bytes = 28907 * 1024;
  CHECK(offers->front() == library);
  CHECK(offers->size() == 6);
}

TEST_CASE("a package without a size has none, one with nonsense is an error") {
  const auto offers = parse_show("Package: x\nVersion: 1\nArchitecture: all\nDescription: a\n b: c\n");
  REQUIRE(offers);
  PackageOffer bare = offer("x", "1", "", "", false);
  bare.architecture = "all";
  CHECK(*offers == std::vector<PackageOffer>{bare});
  CHECK(!parse_show("Package: x\nVersion: 1\nSize: many\n"));
  CHECK(!parse_show("Version: 1\n"));
}

TEST_CASE("apt's progress is read from its status lines") {
  CHECK(parse_status_line("dlstatus:2:33.1737:Retrieving file 2 of 3") ==
        AptProgress{true, 33.1737, "", "Retrieving file 2 of 3"});
  CHECK(parse_status_line("pmstatus:fake-data:7.6923:Unpacking fake-data (amd64)") ==
        AptProgress{false, 7.6923, "fake-data", "Unpacking fake-data (amd64)"});
  CHECK(parse_status_line("pmstatus:libcuda1:i386:40.0:Unpacking: yes") ==
        AptProgress{false, 40.0, "libcuda1:i386", "Unpacking: yes"});
  CHECK(parse_status_line("") == std::nullopt);
  CHECK(parse_status_line("pmstatus:broken") == std::nullopt);
  CHECK(parse_status_line("media-change:disc:drive") == std::nullopt);
}

TEST_CASE("every line apt really wrote to its status pipe is understood") {
  for (const std::string file : {"debian-12/status-fd.txt", "debian-13/status-fd.txt"}) {
    const std::string text = recorded(file);
    REQUIRE(!text.empty());
    for (std::size_t start = 0; start < text.size(); start = text.find('\n', start) + 1) {
      const std::string line = text.substr(start, text.find('\n', start) - start);
      CAPTURE(line);
      CHECK(parse_status_line(line));
    }
  }
}

}  // namespace nvprov
