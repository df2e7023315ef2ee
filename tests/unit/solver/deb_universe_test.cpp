#include "solver/deb_universe.hpp"

#include <fmt/format.h>

#include "solver/deb_dependency.hpp"
#include "solver/packed_list.hpp"
#include "support/catch.hpp"

namespace nvprov {
namespace {

const DebList archive = {.suite = {.site = "mirror.example.org",
                                   .origin = "Example",
                                   .label = "Example",
                                   .suite = "stable",
                                   .codename = "fake",
                                   .version = "1",
                                   .component = "main",
                                   .architecture = "amd64"},
                         .repository = "https://mirror.example.org/fake"};

std::string package(const std::string& name, const std::string& version, const std::string& more = {},
                    const std::string& architecture = "amd64") {
  return fmt::format(
      "Package: {0}\nVersion: {1}\nArchitecture: {2}\nInstalled-Size: 10\nSize: 1000\nFilename: "
      "pool/{0}_{1}_{2}.deb\nSHA256: {3:0>64}\n{4}\n",
      name, version, architecture, name.size(), more.empty() ? "" : more + "\n");
}

std::string installed(const std::string& name, const std::string& version, const std::string& more = {}) {
  return package(name, version,
                 more.empty() ? "Status: install ok installed" : "Status: install ok installed\n" + more);
}

struct World {
  std::string offered;
  std::string status = {};
  std::vector<PackagePin> pins = {};
  DebArchitectures architectures = {"amd64", {}};
};

DebUniverse universe_of(const World& world) {
  DebUniverse universe(world.architectures);
  universe.set_pins(AptPins(world.pins, ""));
  universe.add_installed(world.status);
  universe.add_list(archive, world.offered);
  return universe;
}

DebQuestion question(const std::vector<PackageRequest>& packages) {
  DebQuestion asked;
  asked.wanted.packages = packages;
  return asked;
}

// "+a 1", "^a 1 2", "-a 1": what is installed, upgraded (or downgraded: "v"), removed.
std::vector<std::string> words_of(const Closure& closure) {
  std::vector<std::string> words;
  for (const PackageChange& change : closure.packages) {
    const std::string name = change.architecture == "i386" ? change.name + ":" + change.architecture : change.name;
    const std::string version = change.version.value_or("");
    const std::string before = change.old_version.value_or("");
    if (change.action == PackageAction::install) words.push_back(fmt::format("+{} {}", name, version));
    if (change.action == PackageAction::upgrade) words.push_back(fmt::format("^{} {} {}", name, before, version));
    if (change.action == PackageAction::downgrade) words.push_back(fmt::format("v{} {} {}", name, before, version));
    if (change.action == PackageAction::remove) words.push_back(fmt::format("-{} {}", name, before));
  }
  return words;
}

std::vector<std::string> closed(const World& world, const DebQuestion& asked) {
  const auto closure = universe_of(world).close(asked);
  REQUIRE(closure);
  return words_of(*closure);
}

std::vector<Conflict> refused(const World& world, const DebQuestion& asked) {
  const auto closure = universe_of(world).close(asked);
  REQUIRE(!closure);
  return closure.error().conflicts;
}

Conflict conflict(ConflictReason reason, std::string subject, std::string other, std::string limit) {
  return {.reason = reason,
          .subject = std::move(subject),
          .other = std::move(other),
          .limit = std::move(limit),
          .sources = {}};
}

using Words = std::vector<std::string>;

// What cuda-drivers does: each package only asks for its own version or a newer one.
const std::string meta_pin = package("meta", "580.126.09-1", "Depends: library (>= 580.126.09-1)") +
                             package("meta", "580.159.04-1", "Depends: library (>= 580.159.04-1)") +
                             package("library", "580.126.09-1") + package("library", "580.159.04-1");

}  // namespace

TEST_CASE("relations of Debian's packages are read") {
  const auto groups = parse_deb_relations("a (>= 1.0), b:any|c ( << 2 ) , d [amd64],\n e <!nocheck>,, f (= 3)");
  CHECK(groups == std::vector<std::vector<DebRelation>>{{{"a", "", ">=", "1.0"}},
                                                        {{"b", "any", "", ""}, {"c", "", "<<", "2"}},
                                                        {{"d", "", "", ""}},
                                                        {{"e", "", "", ""}},
                                                        {{"f", "", "=", "3"}}});
  CHECK(parse_deb_relations("").empty());
  CHECK(parse_deb_relations("a (< 1)") == std::vector<std::vector<DebRelation>>{{{"a", "", "<=", "1"}}});
}

TEST_CASE("what is drawn in comes with its file, size and digest") {
  const World world{package("driver", "1", "Depends: library") + package("library", "1")};
  const auto closure = universe_of(world).close(question({{"driver", std::nullopt}}));
  REQUIRE(closure);
  CHECK(words_of(*closure) == Words{"+driver 1", "+library 1"});
  const PackageChange& library = closure->packages[1];
  CHECK(library.architecture == "amd64");
  CHECK(library.origin == "Example fake");
  CHECK(library.repository == "https://mirror.example.org/fake");
  CHECK(library.path == "pool/library_1_amd64.deb");
  CHECK(library.digest == fmt::format("sha256:{:0>64}", 7));
  CHECK(library.download_bytes == 1000);
  CHECK(library.installed_bytes == 10240);
  CHECK(closure->download_bytes == 2000);
  CHECK(closure->disk_bytes == 20480);
}

TEST_CASE("a meta package at a version draws in its parts at the same version") {
  DebQuestion asked = question({{"meta", "580.126.09-1"}});
  CHECK(closed({meta_pin}, asked) == Words{"+library 580.159.04-1", "+meta 580.126.09-1"});
  asked.exact = {{"library", "580.126.09-1"}};
  CHECK(closed({meta_pin}, asked) == Words{"+library 580.126.09-1", "+meta 580.126.09-1"});
}

TEST_CASE("a version that parts must have is not asked for where they are not needed") {
  DebQuestion asked = question({{"library", "580.126.09-1"}});
  asked.exact = {{"meta", "580.126.09-1"}};
  CHECK(closed({meta_pin}, asked) == Words{"+library 580.126.09-1"});
}

TEST_CASE("of alternatives the first counts, wherever its name stands in the alphabet") {
  const World world{package("a", "1", "Depends: zed | bee") + package("zed", "1") + package("bee", "1")};
  CHECK(closed(world, question({{"a", std::nullopt}})) == Words{"+a 1", "+zed 1"});
}

TEST_CASE("an alternative that is installed, or cannot be had, decides") {
  const std::string offered =
      package("a", "1", "Depends: zed | bee") + package("zed", "1", "Depends: missing") + package("bee", "1");
  CHECK(closed({offered}, question({{"a", std::nullopt}})) == Words{"+a 1", "+bee 1"});
  const World world{package("a", "1", "Depends: zed | bee") + package("zed", "1") + package("bee", "1"),
                    installed("bee", "1")};
  CHECK(closed(world, question({{"a", std::nullopt}})) == Words{"+a 1"});
}

TEST_CASE("an alternative marked before serves the next, as with apt") {
  const World world{package("a", "1", "Depends: x | y, b") + package("b", "1", "Depends: y") + package("x", "1") +
                    package("y", "1")};
  CHECK(closed(world, question({{"a", std::nullopt}})) == Words{"+a 1", "+b 1", "+x 1", "+y 1"});
}

TEST_CASE("a package that provides a name serves it, a versioned name only at that version") {
  const World world{package("a", "1", "Depends: virtual") + package("real", "2", "Provides: virtual") +
                    package("b", "1", "Depends: virtual (>= 1)")};
  CHECK(closed(world, question({{"a", std::nullopt}})) == Words{"+a 1", "+real 2"});
  CHECK(refused(world, question({{"b", std::nullopt}})) ==
        std::vector<Conflict>{conflict(ConflictReason::package_need_missing, "b 1", "virtual >= 1", "")});
}

TEST_CASE("what is installed stays unless something needs it newer") {
  const std::string offered = package("a", "1", "Depends: library (>= 1)") + package("library", "2") +
                              package("b", "1", "Depends: library (>= 2)");
  const std::string status = installed("library", "1");
  CHECK(closed({offered, status}, question({{"a", std::nullopt}})) == Words{"+a 1"});
  CHECK(closed({offered, status}, question({{"b", std::nullopt}})) == Words{"+b 1", "^library 1 2"});
}

TEST_CASE("what only left its configuration behind is not installed") {
  const World world{package("a", "1"), package("a", "1", "Status: deinstall ok config-files")};
  CHECK(closed(world, question({{"a", std::nullopt}})) == Words{"+a 1"});
}

TEST_CASE("a downgrade is only what was asked for") {
  const World world{meta_pin, installed("library", "580.159.04-1")};
  CHECK(closed(world, question({{"library", "580.126.09-1"}})) == Words{"vlibrary 580.159.04-1 580.126.09-1"});
  CHECK(closed(world, question({{"meta", std::nullopt}})) == Words{"+meta 580.159.04-1"});
}

TEST_CASE("what conflicts is removed, with what needs it, and nothing else") {
  const World world{package("a", "1", "Conflicts: old"),
                    installed("old", "1") + installed("user", "1", "Depends: old") + installed("other", "1")};
  CHECK(closed(world, question({{"a", std::nullopt}})) == Words{"+a 1", "-old 1", "-user 1"});
}

TEST_CASE("what is broken by a newer part is upgraded rather than removed") {
  const World world{package("a", "2", "Breaks: part (<< 2)") + package("part", "2"), installed("part", "1")};
  CHECK(closed(world, question({{"a", std::nullopt}})) == Words{"+a 2", "^part 1 2"});
}

TEST_CASE("packages that are to leave leave in the same transaction") {
  DebQuestion asked = question({{"a", std::nullopt}});
  asked.wanted.leaving = {"old"};
  CHECK(closed({package("a", "1"), installed("old", "1")}, asked) == Words{"+a 1", "-old 1"});
}

TEST_CASE("a held package stays while there is another way") {
  const std::string status = installed("library", "1");
  const std::string offered =
      package("a", "1", "Depends: library (>= 2) | bee") + package("library", "2") + package("bee", "1");
  DebQuestion asked = question({{"a", std::nullopt}});
  CHECK(closed({offered, status}, asked) == Words{"+a 1", "^library 1 2"});
  asked.held = {"library"};
  CHECK(closed({offered, status}, asked) == Words{"+a 1", "+bee 1"});
}

TEST_CASE("a held package that is in the way is shown as changed") {
  const World world{package("a", "1", "Depends: library (>= 2)") + package("library", "2"), installed("library", "1")};
  DebQuestion asked = question({{"a", std::nullopt}});
  asked.held = {"library"};
  CHECK(closed(world, asked) == Words{"+a 1", "^library 1 2"});
}

TEST_CASE("a pin of the host decides what is drawn in") {
  World world{meta_pin};
  world.pins = {{"/etc/apt/preferences", 1, "library", "version 580.126.*", "1001"}};
  CHECK(refused(world, question({{"meta", "580.159.04-1"}})) ==
        std::vector<Conflict>{conflict(ConflictReason::package_need_missing, "meta 580.159.04-1",
                                       "library >= 580.159.04-1", "580.159.04-1, 580.126.09-1")});
  CHECK(closed(world, question({{"meta", "580.126.09-1"}})) == Words{"+library 580.126.09-1", "+meta 580.126.09-1"});
}

TEST_CASE("what no repository has is told with the versions there are") {
  CHECK(refused({meta_pin}, question({{"meta", "1"}, {"absent", std::nullopt}})) ==
        std::vector<Conflict>{
            conflict(ConflictReason::package_not_in_repositories, "meta", "1", "580.159.04-1, 580.126.09-1"),
            conflict(ConflictReason::package_not_in_repositories, "absent", "", "")});
}

TEST_CASE("packages that exclude each other are both named") {
  const World world{package("a", "1", "Conflicts: b") + package("b", "1")};
  CHECK(refused(world, question({{"a", std::nullopt}, {"b", std::nullopt}})) ==
        std::vector<Conflict>{conflict(ConflictReason::packages_exclude_each_other, "a 1", "b 1", "")});
}

TEST_CASE("the chain to what is missing is told") {
  const World world{package("a", "1", "Depends: b") + package("b", "1", "Depends: c (= 2)") + package("c", "1")};
  CHECK(refused(world, question({{"a", std::nullopt}})) ==
        std::vector<Conflict>{conflict(ConflictReason::package_need_missing, "b 1", "c = 2", "1"),
                              conflict(ConflictReason::package_needs, "a 1", "b", "")});
}

TEST_CASE("packages of other architectures stand beside those that allow it") {
  World world{package("libgpu1", "2", "Multi-Arch: same\nDepends: libc") +
              package("libgpu1", "2", "Multi-Arch: same\nDepends: libc", "i386") +
              package("libc", "1", "Multi-Arch: same") + package("libc", "1", "Multi-Arch: same", "i386") +
              package("tool", "1", "Depends: helper") + package("tool", "1", "Depends: helper", "i386") +
              package("helper", "1", "Multi-Arch: foreign") + package("python3", "3", "Multi-Arch: allowed") +
              package("script", "1", "Depends: python3:any", "i386")};
  world.architectures.foreign = {"i386"};
  CHECK(closed(world, question({{"libgpu1:i386", std::nullopt}})) == Words{"+libc:i386 1", "+libgpu1:i386 2"});
  CHECK(closed(world, question({{"libgpu1", std::nullopt}})) == Words{"+libc 1", "+libgpu1 2"});
  CHECK(closed(world, question({{"tool:i386", std::nullopt}})) == Words{"+helper 1", "+tool:i386 1"});
  CHECK(closed(world, question({{"script:i386", std::nullopt}})) == Words{"+python3 3", "+script:i386 1"});
  world.status = installed("tool", "1", "Depends: helper") + installed("helper", "1", "Multi-Arch: foreign");
  CHECK(closed(world, question({{"tool:i386", std::nullopt}})) == Words{"-tool 1", "+tool:i386 1"});
}

TEST_CASE("a library installed for two architectures is upgraded for both") {
  World world{package("libgpu1", "2", "Multi-Arch: same") + package("libgpu1", "2", "Multi-Arch: same", "i386")};
  world.architectures.foreign = {"i386"};
  world.status = installed("libgpu1", "1", "Multi-Arch: same") +
                 package("libgpu1", "1", "Status: install ok installed\nMulti-Arch: same", "i386");
  CHECK(closed(world, question({{"libgpu1", std::nullopt}})) == Words{"^libgpu1 1 2", "^libgpu1:i386 1 2"});
}

TEST_CASE("what packages of a machine that is not here depend on is known from the lists") {
  const std::string offered = package("library", "1") + package("library", "2") +
                              package("user", "1", "Depends: library (= 1)") +
                              package("user", "2", "Depends: library (= 2)");
  DebUniverse universe({"amd64", {}});
  InstalledPackage library;
  library.name = "library";
  library.version = "1";
  library.architecture = "amd64";
  library.state = "installed";
  InstalledPackage user = library;
  user.name = "user";
  universe.add_installed({library, user});
  universe.add_list(archive, offered);
  const auto closure = universe.close(question({{"library", "2"}}));
  REQUIRE(closure);
  CHECK(words_of(*closure) == Words{"^library 1 2", "^user 1 2"});
}

TEST_CASE("a packed list is the list, and bytes that are none are refused") {
  const std::string offered = package("driver", "1", "Depends: zed | bee") + package("zed", "1") + package("bee", "1");
  const std::string packed = pack_debs(offered, {"amd64", {}});
  DebUniverse universe({"amd64", {}});
  REQUIRE(universe.add_packed_list(archive, packed));
  const auto closure = universe.close(question({{"driver", std::nullopt}}));
  REQUIRE(closure);
  CHECK(*closure == *universe_of({offered}).close(question({{"driver", std::nullopt}})));
  DebUniverse broken({"amd64", {}});
  CHECK(!broken.add_packed_list(archive, std::string_view(packed).substr(0, packed.size() / 2)));
  CHECK(!broken.add_packed_list(archive, "no packed list"));
  CHECK(!broken.add_packed_list(archive, ""));
  CHECK(broken.offers({"driver"}).empty());
}

TEST_CASE("a list too long for one part is packed whole") {
  const std::string filler(1000, 'x');
  std::string offered;
  for (int i = 0; i < 9000; ++i)
    offered += package(fmt::format("p{}", i), "1", fmt::format("Depends: p{}\nDescription: {}", i % 90 * 100, filler));
  DebUniverse universe({"amd64", {}});
  REQUIRE(universe.add_packed_list(archive, pack_debs(offered, {"amd64", {}})));
  for (const char* name : {"p1", "p4500", "p8999"}) CHECK(universe.offers({name}).size() == 1);
  const auto closure = universe.close(question({{"p8999", std::nullopt}}));
  REQUIRE(closure);
  CHECK(words_of(*closure) == Words{"+p8000 1", "+p8900 1", "+p8999 1"});
}

TEST_CASE("every version offered is told, the one apt would take marked") {
  const auto offers = universe_of({meta_pin, installed("library", "580.142-1")}).offers({"library", "absent"});
  REQUIRE(offers.size() == 2);
  CHECK(offers[0] == PackageOffer{.name = "library",
                                  .version = "580.126.09-1",
                                  .architecture = "amd64",
                                  .origin = "Example",
                                  .suite = "fake",
                                  .download_bytes = 1000,
                                  .installed_bytes = 10240,
                                  .candidate = false});
  CHECK(offers[1].version == "580.159.04-1");
  CHECK(offers[1].candidate);
}

}  // namespace nvprov
