#include "solver/rpm_universe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>

#include "solver/packed_list.hpp"
#include "support/catch.hpp"
#include "support/temp_folder.hpp"

// A namespace of its own: its helpers have the names of those for Debian's packages.
namespace nvprov::rpm_universe_test {
namespace {

const RpmList rpm_archive = {.id = "fake", .repository = "https://mirror.example.org/fake/"};

struct RpmEvr {
  std::string epoch = "0";
  std::string version;
  std::string release;
};

// "3:1.0-1"
RpmEvr evr_of(const std::string& text) {
  const std::size_t colon = text.find(':');
  const std::string rest = colon == std::string::npos ? text : text.substr(colon + 1);
  const std::size_t dash = std::min(rest.rfind('-'), rest.size());
  return {colon == std::string::npos ? "0" : text.substr(0, colon), rest.substr(0, dash),
          dash == rest.size() ? "" : rest.substr(dash + 1)};
}

// "glibc >= 2-1", "(a if b)", "name"
std::string rpm_entry(const std::string& text) {
  const std::size_t first = text.starts_with('(') ? std::string::npos : text.find(' ');
  if (first == std::string::npos) return fmt::format("<rpm:entry name='{}'/>", text);
  const std::size_t second = text.find(' ', first + 1);
  const std::string comparison = text.substr(first + 1, second - first - 1);
  const RpmEvr evr = evr_of(text.substr(second + 1));
  const char* flags = comparison == "=" ? "EQ" : comparison == ">=" ? "GE" : comparison == ">" ? "GT" : "LT";
  return fmt::format("<rpm:entry name='{}' flags='{}' epoch='{}' ver='{}'{}/>", text.substr(0, first), flags, evr.epoch,
                     evr.version, evr.release.empty() ? "" : fmt::format(" rel='{}'", evr.release));
}

struct RpmOffer {
  std::string name;
  std::string version;  // "3:1.0-1"
  std::vector<std::string> needs = {};
  std::vector<std::string> provided = {};
  std::vector<std::string> conflicts = {};
  std::vector<std::string> obsoletes = {};
  std::vector<std::string> files = {};
  std::string architecture = "x86_64";
};

std::string rpm_relations(const char* tag, const std::vector<std::string>& entries) {
  std::string text;
  for (const std::string& each : entries) text += rpm_entry(each);
  return fmt::format("<rpm:{0}>{1}</rpm:{0}>", tag, text);
}

std::string rpm_index_of(const std::vector<RpmOffer>& offers) {
  std::string text =
      "<metadata xmlns='http://linux.duke.edu/metadata/common' xmlns:rpm='http://linux.duke.edu/metadata/rpm'>";
  for (const RpmOffer& offer : offers) {
    const RpmEvr evr = evr_of(offer.version);
    std::vector<std::string> provided = offer.provided;
    provided.push_back(fmt::format("{} = {}", offer.name, offer.version));
    std::string files;
    for (const std::string& file : offer.files) files += fmt::format("<file>{}</file>", file);
    text += fmt::format(
        "<package type='rpm'><name>{0}</name><arch>{1}</arch><version epoch='{2}' ver='{3}' rel='{4}'/>"
        "<checksum type='sha256' pkgid='YES'>{5:0>64}</checksum><size package='1000' installed='10240' "
        "rpm_archive='1'/>"
        "<location href='Packages/{0}-{3}-{4}.{1}.rpm'/><format>{6}{7}{8}{9}{10}</format></package>",
        offer.name, offer.architecture, evr.epoch, evr.version, evr.release, offer.name.size(),
        rpm_relations("provides", provided), rpm_relations("requires", offer.needs),
        rpm_relations("conflicts", offer.conflicts), rpm_relations("obsoletes", offer.obsoletes), files);
  }
  return text + "</metadata>";
}

bool add_rpms(RpmUniverse& universe, const RpmList& list, std::string text) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(::fmemopen(text.data(), text.size(), "r"), std::fclose);
  return universe.add_list(list, file.get());
}

RpmRelation rpm_relation(const std::string& text) {
  const std::size_t first = text.starts_with('(') ? std::string::npos : text.find(' ');
  if (first == std::string::npos) return {text, "", ""};
  const std::size_t second = text.find(' ', first + 1);
  return {text.substr(0, first), text.substr(first + 1, second - first - 1), text.substr(second + 1)};
}

std::vector<RpmRelation> rpm_relations_of(const std::vector<std::string>& texts) {
  std::vector<RpmRelation> found;
  for (const std::string& text : texts) found.push_back(rpm_relation(text));
  return found;
}

InstalledRpm installed_rpm_of(const RpmOffer& offer) {
  std::vector<std::string> provided = offer.provided;
  provided.push_back(fmt::format("{} = {}", offer.name, offer.version));
  return {.name = offer.name,
          .version = offer.version,
          .architecture = offer.architecture,
          .installed_bytes = 10240,
          .needs = rpm_relations_of(offer.needs),
          .provided = rpm_relations_of(provided),
          .conflicts = rpm_relations_of(offer.conflicts),
          .obsoletes = rpm_relations_of(offer.obsoletes),
          .files = offer.files};
}

struct RpmTarget {
  std::vector<RpmOffer> offered;
  std::vector<RpmOffer> installed = {};
  ModularRpms modules = {};
  RpmSettings settings = {.architecture = "x86_64"};
  RpmList list = rpm_archive;
  std::vector<RpmOffer> second = {};  // of a list of its own, of worse priority
};

RpmUniverse rpm_universe_of(const RpmTarget& world) {
  RpmUniverse universe(world.settings);
  std::vector<InstalledRpm> installed;
  for (const RpmOffer& offer : world.installed) installed.push_back(installed_rpm_of(offer));
  universe.add_installed(installed);
  REQUIRE(add_rpms(universe, world.list, rpm_index_of(world.offered)));
  if (!world.second.empty())
    REQUIRE(add_rpms(universe, {.id = "second", .repository = "", .priority = 100}, rpm_index_of(world.second)));
  universe.set_modules(world.modules);
  return universe;
}

RpmQuestion rpm_question(const std::vector<PackageRequest>& packages) {
  RpmQuestion asked;
  asked.wanted.packages = packages;
  return asked;
}
RpmQuestion rpm_question(const std::string& name) { return rpm_question({{name, std::nullopt}}); }

// "+a 1-1", "^a 1-1 2-1", "-a 1-1": what is installed, upgraded (or downgraded: "v"), removed.
std::vector<std::string> rpm_words_of(const Closure& closure) {
  std::vector<std::string> words;
  for (const PackageChange& change : closure.packages) {
    const std::string name = change.architecture == "i686" ? change.name + ".i686" : change.name;
    const std::string version = change.version.value_or("");
    const std::string before = change.old_version.value_or("");
    if (change.action == PackageAction::install) words.push_back(fmt::format("+{} {}", name, version));
    if (change.action == PackageAction::upgrade) words.push_back(fmt::format("^{} {} {}", name, before, version));
    if (change.action == PackageAction::downgrade) words.push_back(fmt::format("v{} {} {}", name, before, version));
    if (change.action == PackageAction::remove) words.push_back(fmt::format("-{} {}", name, before));
  }
  return words;
}

using Words = std::vector<std::string>;

Words rpm_closed(const RpmTarget& world, const RpmQuestion& asked) {
  const auto closure = rpm_universe_of(world).close(asked);
  if (!closure)
    for (const Conflict& each : closure.error().conflicts) UNSCOPED_INFO(each.subject << " / " << each.other);
  REQUIRE(closure);
  return rpm_words_of(*closure);
}

std::vector<Conflict> rpm_refused(const RpmTarget& world, const RpmQuestion& asked) {
  const auto closure = rpm_universe_of(world).close(asked);
  REQUIRE(!closure);
  return closure.error().conflicts;
}

Conflict rpm_conflict(ConflictReason reason, std::string subject, std::string other, std::string limit) {
  return {.reason = reason,
          .subject = std::move(subject),
          .other = std::move(other),
          .limit = std::move(limit),
          .sources = {}};
}

InstalledPackage rpm_fact(const std::string& name, const std::string& version) {
  InstalledPackage package;
  package.name = name;
  package.version = version;
  package.architecture = "x86_64";
  package.state = "installed";
  return package;
}

// Each package only asks for its own version or a newer one, as NVIDIA's do.
const std::vector<RpmOffer> rpm_meta_pin = {
    {"driver", "3:580.10.00-1", {"kmod >= 3:580.10.00", "library >= 3:580.10.00"}},
    {"driver", "3:595.175.07-1", {"kmod >= 3:595.175.07", "library >= 3:595.175.07"}},
    {"kmod", "3:580.10.00-1"},
    {"kmod", "3:595.175.07-1"},
    {"library", "3:580.10.00-1"},
    {"library", "3:595.175.07-1"}};

}  // namespace

TEST_CASE("what dnf draws in comes with its file, size and digest") {
  const RpmTarget world{{{"driver", "3:1-1", {"library >= 3:1-1"}}, {"library", "3:1-1"}}};
  const auto closure = rpm_universe_of(world).close(rpm_question("driver"));
  REQUIRE(closure);
  CHECK(rpm_words_of(*closure) == Words{"+driver 3:1-1", "+library 3:1-1"});
  const PackageChange& library = closure->packages[1];
  CHECK(library.architecture == "x86_64");
  CHECK(library.origin == "fake");
  CHECK(library.repository == "https://mirror.example.org/fake/");
  CHECK(library.path == "Packages/library-1-1.x86_64.rpm");
  CHECK(library.digest == fmt::format("sha256:{:0>64}", 7));
  CHECK(library.download_bytes == 1000);
  CHECK(library.installed_bytes == 10240);
  CHECK(closure->download_bytes == 2000);
  CHECK(closure->disk_bytes == 20480);
}

TEST_CASE("a version asked of a driver's meta package reaches the whole driver where it is exact") {
  RpmQuestion asked = rpm_question({{"driver", "3:580.10.00-1"}});
  CHECK(rpm_closed({rpm_meta_pin}, asked) ==
        Words{"+driver 3:580.10.00-1", "+kmod 3:595.175.07-1", "+library 3:595.175.07-1"});
  asked.exact = {{"kmod", "3:580.10.00-1"}, {"library", "3:580.10.00-1"}, {"absent", "1-1"}};
  CHECK(rpm_closed({rpm_meta_pin}, asked) ==
        Words{"+driver 3:580.10.00-1", "+kmod 3:580.10.00-1", "+library 3:580.10.00-1"});
  asked.exact = {{"kmod", "3:570.1-1"}};
  CHECK(rpm_refused({rpm_meta_pin}, asked).front() == rpm_conflict(ConflictReason::package_need_missing,
                                                                   "driver 3:580.10.00-1", "kmod >= 3:580.10.00",
                                                                   "3:595.175.07-1, 3:580.10.00-1"));
}

TEST_CASE("an epoch outweighs a version in a list of rpm's") {
  CHECK(rpm_closed({{{"rival", "3:1.0-1"}, {"rival", "2.0-1"}}}, rpm_question("rival")) == Words{"+rival 3:1.0-1"});
  CHECK(rpm_closed({{{"rival", "3:1.0-1"}, {"rival", "2.0-1"}}}, rpm_question({{"rival", "2.0-1"}})) ==
        Words{"+rival 2.0-1"});
}

TEST_CASE("dnf upgrades what is asked for, and of the rest only what must be") {
  const RpmTarget world{{{"a", "2-1", {"library"}}, {"library", "2-1"}, {"b", "1-1", {"library >= 2-1"}}},
                        {{"a", "1-1", {"library"}}, {"library", "1-1"}}};
  CHECK(rpm_closed(world, rpm_question("a")) == Words{"^a 1-1 2-1"});
  CHECK(rpm_closed(world, rpm_question("b")) == Words{"+b 1-1", "^library 1-1 2-1"});
}

TEST_CASE("an older version comes only where it is asked for") {
  const RpmTarget world{rpm_meta_pin, {{"library", "3:595.175.07-1"}}};
  CHECK(rpm_closed(world, rpm_question({{"library", "3:580.10.00-1"}})) ==
        Words{"vlibrary 3:595.175.07-1 3:580.10.00-1"});
  CHECK(rpm_closed(world, rpm_question({{"driver", "3:580.10.00-1"}})) ==
        Words{"+driver 3:580.10.00-1", "+kmod 3:595.175.07-1"});
}

TEST_CASE("dnf 4 puts an older version in where the newest asks for it, dnf 5 not if another answer needs none") {
  RpmTarget world{{{"a", "1-1"}, {"a", "2-1", {"library < 2-1"}}, {"library", "1-1"}}, {{"library", "2-1"}}};
  world.settings.best = false;
  CHECK(rpm_closed(world, rpm_question("a")) == Words{"+a 2-1", "vlibrary 2-1 1-1"});
  world.settings.downgrades_unasked = false;
  CHECK(rpm_closed(world, rpm_question("a")) == Words{"+a 1-1"});
  CHECK(rpm_closed(world, rpm_question({{"a", "2-1"}})) == Words{"+a 2-1", "vlibrary 2-1 1-1"});
}

TEST_CASE("the better priority counts before the newer version, an exact version before both") {
  RpmTarget world{{{"a", "1-1"}}};
  world.second = {{"a", "2-1"}, {"b", "1-1", {"a >= 2-1"}}};
  CHECK(rpm_closed(world, rpm_question("a")) == Words{"+a 1-1"});
  CHECK(rpm_closed(world, rpm_question({{"a", "2-1"}})) == Words{"+a 2-1"});
}

TEST_CASE("packages an entry excludes do not count, nor others than those it includes") {
  RpmTarget world{{{"a", "1-1"}, {"a", "2-1"}, {"b", "1-1"}}};
  world.list.excluded = {"a-2*"};
  CHECK(rpm_closed(world, rpm_question("a")) == Words{"+a 1-1"});
  world.list.excluded = {};
  world.list.included = {"b*"};
  CHECK(rpm_closed(world, rpm_question("b")) == Words{"+b 1-1"});
  CHECK(rpm_refused(world, rpm_question("a")) ==
        std::vector<Conflict>{rpm_conflict(ConflictReason::package_not_in_repositories, "a", "", "2-1, 1-1")});
  CHECK(rpm_universe_of(world).offers({"a"}).empty());
}

TEST_CASE("kernels stand beside their older versions") {
  const RpmTarget world{
      {{"kernel-core", "6-2", {}, {"installonlypkg(kernel)"}}, {"kernel", "6-2", {"kernel-core = 6-2"}}},
      {{"kernel-core", "6-1", {}, {"installonlypkg(kernel)"}}, {"kernel", "6-1", {"kernel-core = 6-1"}}}};
  CHECK(rpm_closed(world, rpm_question("kernel")) == Words{"+kernel 6-2", "+kernel-core 6-2"});
}

TEST_CASE("what obsoletes a package takes its place") {
  const RpmTarget world{{{"new", "2-1", {}, {}, {}, {"old < 2-1"}}}, {{"old", "1-1"}}};
  CHECK(rpm_closed(world, rpm_question("new")) == Words{"+new 2-1", "-old 1-1"});
  CHECK(rpm_closed({{{"new", "2-1", {}, {}, {}, {"old < 2-1"}}, {"old", "1-1"}}}, rpm_question("old")) ==
        Words{"+new 2-1"});
}

TEST_CASE("with dnf what conflicts is removed only where there is no other answer, and what is protected never") {
  RpmTarget world{{{"a", "1-1", {"b"}}, {"b", "1-1", {}, {}, {"old"}}, {"other-b", "1-1", {}, {"b"}}},
                  {{"old", "1-1"}, {"user", "1-1", {"old"}}}};
  CHECK(rpm_closed(world, rpm_question("a")) == Words{"+a 1-1", "+other-b 1-1"});
  CHECK(rpm_closed(world, rpm_question("b")) == Words{"+b 1-1", "-old 1-1", "-user 1-1"});
  world.settings.protected_packages = {"user"};
  CHECK(rpm_refused(world, rpm_question("b")).front() ==
        rpm_conflict(ConflictReason::packages_exclude_each_other, "b 1-1", "old 1-1", ""));
}

TEST_CASE("packages that are to leave leave in the same transaction of rpm's") {
  RpmQuestion asked = rpm_question("a");
  asked.wanted.leaving = {"old", "absent"};
  CHECK(rpm_closed({{{"a", "1-1"}}, {{"old", "1-1"}}}, asked) == Words{"+a 1-1", "-old 1-1"});
}

TEST_CASE("a locked package stays while there is another way, else it is shown as changed") {
  const RpmTarget world{
      {{"a", "1-1", {"(library >= 2-1 or bee)"}}, {"library", "2-1"}, {"bee", "1-1"}, {"c", "1-1", {"library >= 2-1"}}},
      {{"library", "1-1"}}};
  RpmQuestion asked = rpm_question("c");
  asked.held = {"library.x86_64"};
  CHECK(rpm_closed(world, asked) == Words{"+c 1-1", "^library 1-1 2-1"});
  asked = rpm_question("a");
  asked.held = {"library"};
  CHECK(rpm_closed(world, asked) == Words{"+a 1-1", "+bee 1-1"});
}

TEST_CASE("rich dependencies are read of lists and of what is installed") {
  const RpmTarget world{{{"a", "1-1", {"(x if y)"}}, {"x", "1-1"}, {"x", "2-1"}, {"y", "1-1"}},
                        {{"z", "1-1", {"(x >= 2-1 if y)"}}}};
  CHECK(rpm_closed(world, rpm_question("a")) == Words{"+a 1-1"});
  CHECK(rpm_closed(world, rpm_question("y")) == Words{"+x 2-1", "+y 1-1"});
  CHECK(rpm_closed(world, rpm_question({{"a", std::nullopt}, {"y", std::nullopt}})) ==
        Words{"+a 1-1", "+x 2-1", "+y 1-1"});
}

TEST_CASE("a file serves whoever needs it or asks for it") {
  const RpmTarget world{{{"a", "1-1", {"/usr/bin/tool"}}, {"tools", "1-1", {}, {}, {}, {}, {"/usr/bin/tool"}}}};
  CHECK(rpm_closed(world, rpm_question("a")) == Words{"+a 1-1", "+tools 1-1"});
  CHECK(rpm_closed(world, rpm_question("/usr/bin/tool")) == Words{"+tools 1-1"});
  RpmTarget there = world;
  there.installed = {{"own-tools", "1-1", {}, {}, {}, {}, {"/usr/bin/tool"}}};
  CHECK(rpm_closed(there, rpm_question("a")) == Words{"+a 1-1"});
}

TEST_CASE("a file that primary.xml leaves out serves once the list of files is read") {
  const test::TempFolder folder;
  folder.write("primary.xml", rpm_index_of({{"a", "1-1", {"/usr/share/thing"}}, {"things", "1-1"}}));
  const std::string list = folder.write(
      "filelists.xml", fmt::format("<filelists xmlns='http://linux.duke.edu/metadata/filelists' packages='1'><package "
                                   "pkgid='{:0>64}' name='things' arch='x86_64'><version epoch='0' ver='1' rel='1'/>"
                                   "<file>/usr/share/thing</file></package></filelists>",
                                   6));
  RpmUniverse universe({.architecture = "x86_64"});
  REQUIRE(universe.add_packed_list(rpm_archive, pack_rpms(folder.path() + "/primary.xml")));
  REQUIRE(universe.add_files("fake", list));
  CHECK(!universe.add_files("absent", list));
  const auto closure = universe.close(rpm_question("a"));
  REQUIRE(closure);
  CHECK(rpm_words_of(*closure) == Words{"+a 1-1", "+things 1-1"});
}

TEST_CASE("a name only others provide is served, and told where none does") {
  const RpmTarget world{{{"real", "2-1", {}, {"virtual"}}, {"a", "1-1"}}};
  CHECK(rpm_closed(world, rpm_question("virtual")) == Words{"+real 2-1"});
  CHECK(rpm_refused(world, rpm_question({{"a", "9-1"}, {"absent", std::nullopt}})) ==
        std::vector<Conflict>{rpm_conflict(ConflictReason::package_not_in_repositories, "a", "9-1", "1-1"),
                              rpm_conflict(ConflictReason::package_not_in_repositories, "absent", "", "")});
}

TEST_CASE("libraries of both word sizes stand beside each other, and an architecture may be named") {
  RpmTarget world{{{"library", "1-1"}, {"library", "1-1"}, {"library", "2-1"}, {"library", "2-1"}}};
  world.offered[1].architecture = world.offered[3].architecture = "i686";
  world.offered.push_back({"other", "1-1"});
  world.offered.back().architecture = "aarch64";
  CHECK(rpm_closed(world, rpm_question("library")) == Words{"+library 2-1"});
  CHECK(rpm_closed(world, rpm_question("library.i686")) == Words{"+library.i686 2-1"});
  world.installed = {{"library", "2-1"}};
  CHECK(rpm_closed(world, rpm_question("library.i686")) == Words{"+library.i686 2-1"});
  CHECK(rpm_refused(world, rpm_question("other")).size() == 1);
}

TEST_CASE("packages of module streams that are not in use are hidden, but not from offers nor in hotfix repositories") {
  RpmTarget world{{{"driver", "3:1-1"}, {"driver", "3:2-1"}, {"plain", "1-1", {}, {"driver = 9"}}}};
  world.modules = {.active = {"driver-3:1-1.x86_64"}, .hidden = {"driver-3:2-1.x86_64"}};
  CHECK(rpm_closed(world, rpm_question("driver")) == Words{"+driver 3:1-1"});
  CHECK(rpm_refused(world, rpm_question("plain")).size() == 1);
  CHECK(rpm_universe_of(world).offers({"driver"}).size() == 2);
  world.modules.active = {};
  CHECK(rpm_closed(world, rpm_question("plain")) == Words{"+plain 1-1"});
  CHECK(rpm_closed(world, rpm_question("driver")) == Words{"+driver 3:1-1"});
  world.list.module_hotfixes = true;
  CHECK(rpm_closed(world, rpm_question("driver")) == Words{"+driver 3:2-1"});
}

TEST_CASE("packages of rpm's that exclude each other are both named, and the chain to what is missing is told") {
  CHECK(rpm_refused({{{"a", "1-1", {}, {}, {"b"}}, {"b", "1-1"}}},
                    rpm_question({{"a", std::nullopt}, {"b", std::nullopt}})) ==
        std::vector<Conflict>{rpm_conflict(ConflictReason::packages_exclude_each_other, "a 1-1", "b 1-1", "")});
  CHECK(rpm_refused({{{"a", "1-1", {"b"}}, {"b", "1-1", {"c = 2-1"}}, {"c", "1-1"}}}, rpm_question("a")) ==
        std::vector<Conflict>{rpm_conflict(ConflictReason::package_need_missing, "b 1-1", "c = 2-1", "1-1"),
                              rpm_conflict(ConflictReason::package_needs, "a 1-1", "b", "")});
}

TEST_CASE("what rpm's packages of a machine that is not here need and provide is known from the lists") {
  const std::string offered = rpm_index_of({{"library", "1-1", {}, {"lib.so.1"}},
                                            {"library", "2-1", {}, {"lib.so.1", "lib.so.2"}},
                                            {"user", "1-1", {"library = 1-1"}},
                                            {"user", "2-1", {"library = 2-1"}},
                                            {"a", "1-1", {"lib.so.1"}},
                                            {"b", "1-1", {"/usr/bin/tool"}},
                                            {"tools", "2-1", {}, {}, {}, {}, {"/usr/bin/tool"}}});
  const auto ask = [&](const std::vector<InstalledPackage>& installed, const RpmQuestion& asked) {
    RpmUniverse universe({.architecture = "x86_64"});
    universe.add_installed(installed);
    REQUIRE(add_rpms(universe, rpm_archive, offered));
    const auto closure = universe.close(asked);
    REQUIRE(closure);
    return rpm_words_of(*closure);
  };
  CHECK(ask({rpm_fact("library", "1-1"), rpm_fact("user", "1-1")}, rpm_question({{"library", "2-1"}})) ==
        Words{"^library 1-1 2-1", "^user 1-1 2-1"});
  // Of a version no list has: its names are taken from the nearest.
  CHECK(ask({rpm_fact("library", "1-0")}, rpm_question("a")) == Words{"+a 1-1"});
  CHECK(ask({rpm_fact("tools", "1-1")}, rpm_question("b")) == Words{"+b 1-1"});
  CHECK(ask({rpm_fact("unknown", "1-1")}, rpm_question("a")) == Words{"+a 1-1", "+library 2-1"});
}

TEST_CASE("every version rpm's lists offer is told, the newest marked") {
  const auto offers = rpm_universe_of({rpm_meta_pin}).offers({"library", "absent"});
  REQUIRE(offers.size() == 2);
  CHECK(offers[0] == PackageOffer{.name = "library",
                                  .version = "3:580.10.00-1",
                                  .architecture = "x86_64",
                                  .origin = "fake",
                                  .suite = "",
                                  .download_bytes = 1000,
                                  .installed_bytes = 10240,
                                  .candidate = false});
  CHECK(offers[1].version == "3:595.175.07-1");
  CHECK(offers[1].candidate);
}

TEST_CASE("a packed list of rpm's packages is the list") {
  const test::TempFolder folder;
  folder.write("primary.xml", rpm_index_of(rpm_meta_pin));
  const std::string packed = pack_rpms(folder.path() + "/primary.xml");
  RpmUniverse universe({.architecture = "x86_64"});
  REQUIRE(universe.add_packed_list(rpm_archive, packed));
  const auto closure = universe.close(rpm_question("driver"));
  REQUIRE(closure);
  CHECK(*closure == *rpm_universe_of({rpm_meta_pin}).close(rpm_question("driver")));
  RpmUniverse read({.architecture = "x86_64"});
  REQUIRE(read.add_list(rpm_archive, folder.path() + "/primary.xml"));
  CHECK(read.close(rpm_question("driver")) == closure);
  CHECK(pack_rpms(folder.path() + "/absent.xml").empty());
}

TEST_CASE("what is no list of rpm's packages is refused") {
  RpmUniverse universe({.architecture = "x86_64"});
  CHECK(!add_rpms(universe, rpm_archive, "<metadata><package type='rpm'>"));
  CHECK(!universe.add_list(rpm_archive, "/nonexistent/primary.xml.gz"));
  CHECK(!universe.add_packed_list(rpm_archive, "no packed list"));
  CHECK(universe.offers({"a"}).empty());
}

}  // namespace nvprov::rpm_universe_test
