#include "closure/package_asker.hpp"

#include <algorithm>
#include <filesystem>

#include "closure/closure.hpp"
#include "contract/local_archive.hpp"
#include "model/plan_json.hpp"
#include "packages/apt.hpp"
#include "support/catch.hpp"

namespace nvprov {
namespace {

using test::LocalArchive;
using test::request;

using Answer = tl::expected<Closure, Unsatisfiable>;

PackageAsker asker_of(LocalArchive& archive) { return {archive.machine(), archive.apt(), make_offline_downloader()}; }

// What apt cannot be asked for.
Closure without_files(Closure closure) {
  for (PackageChange& change : closure.packages) {
    CHECK(change.digest.has_value() == change.version.has_value());
    CHECK(change.path.has_value() == change.version.has_value());
    CHECK(change.repository.has_value() == change.version.has_value());
    change.digest = change.path = change.repository = std::nullopt;
  }
  return closure;
}

// The real apt also lists what it was asked for and leaves as it is.
Closure without_kept(Closure closure) {
  for (const PackageChange& change : closure.packages)
    if (change.action == PackageAction::keep) *closure.download_bytes -= change.download_bytes.value_or(0);
  std::erase_if(closure.packages, [](const PackageChange& change) { return change.action == PackageAction::keep; });
  return closure;
}

// The real apt answers the same; a refusal only has other words.
void check_like_apt(LocalArchive& archive, const HostFacts& facts, const ConsultedRepositories& repositories,
                    const InstallPackages& step) {
  const auto ours = asker_of(archive).close(facts, repositories, {step}, {});
  const auto apts = close_apt_packages(archive.machine(), archive.apt(), facts, repositories, {step});
  REQUIRE(ours);
  REQUIRE(apts);
  INFO(step.packages.front().name);
  REQUIRE(ours->has_value() == apts->has_value());
  if (*ours)
    CHECK(format_json(closure_to_json(without_files(**ours))) == format_json(closure_to_json(without_kept(**apts))));
}

}  // namespace

TEST_CASE("what is closed from metadata nvprov verified is what the real apt would do", "[local][user]") {
  LocalArchive archive;
  HostFacts facts = archive.facts();
  const auto before = archive.target_files();
  for (const char* name : {"fake-driver", "fake-library", "fake-replacer", "fake-broken", "fake-nothing"})
    check_like_apt(archive, facts, archive.repositories(), request({{name, std::nullopt}}));
  check_like_apt(archive, facts, archive.repositories(), request({{"fake-driver", "98.1.0-1"}}));
  check_like_apt(archive, facts, archive.repositories(),
                 request({{"fake-driver", "98.1.0-1"}, {"fake-library", "98.1.0-1"}}));
  CHECK(archive.target_files() == before);
}

TEST_CASE("what is installed, held and pinned counts as it does with the real apt", "[local]") {
  LocalArchive archive;
  HostFacts facts = archive.facts();
  ConsultedRepositories repositories = archive.repositories();
  SECTION("a pin") { facts.package_facts.pins = {{"/etc/apt/preferences", 1, "fake-library", "version 98.*", "995"}}; }
  SECTION("a pin of the plan") {
    repositories.preferences = {hold_preferences({"fake-driver", "fake-library"}, "98.*", "a test")};
  }
  SECTION("an older library") { archive.install(facts, "fake-library", "98.1.0-1"); }
  SECTION("a held library") { archive.install(facts, "fake-library", "98.1.0-1", true); }
  SECTION("the whole driver") {
    archive.install(facts, "fake-driver", "99.9.0-1");
    archive.install(facts, "fake-library", "99.9.0-1");
  }
  for (const char* name : {"fake-driver", "fake-library", "fake-replacer"})
    check_like_apt(archive, facts, repositories, request({{name, std::nullopt}}));
  check_like_apt(archive, facts, repositories, request({{"fake-driver", "99.9.0-1"}}));
}

TEST_CASE("offers are told as the real apt tells them", "[local]") {
  LocalArchive archive;
  const std::vector<std::string> names = {"fake-driver", "fake-library", "fake-nothing", "fake-data"};
  const auto ours = asker_of(archive).fetch_metadata(archive.facts(), archive.repositories(), names);
  const auto apts =
      fetch_apt_metadata(archive.machine(), archive.apt(), archive.facts(), archive.repositories(), names);
  REQUIRE(ours);
  REQUIRE(apts);
  CHECK(ours->offers == apts->offers);
  CHECK(ours->digest.size() == 64);
}

TEST_CASE("an entry nvprov cannot fetch is left to the real apt", "[local]") {
  LocalArchive archive;
  ConsultedRepositories repositories = archive.repositories();
  RepositoryEntry disc = repositories.entries.front();
  disc.uris = {"cdrom:[fake]"};
  disc.line += 1;
  repositories.entries.push_back(disc);
  const auto answer =
      asker_of(archive).close(archive.facts(), repositories, {request({{"fake-driver", std::nullopt}})}, {});
  // apt asks for the disc, which nobody can put in.
  CHECK(!answer);
}

TEST_CASE("a second question is answered from what the first read", "[local]") {
  LocalArchive archive;
  PackageAsker asker = {archive.machine(), archive.apt(), make_offline_downloader()};
  REQUIRE(asker.fetch_metadata(archive.facts(), archive.repositories(), {"fake-driver"}));
  std::filesystem::remove_all(archive.archive() + "/dists");
  std::filesystem::remove_all(archive.cache());
  const auto closure =
      asker.close(archive.facts(), archive.repositories(), {request({{"fake-driver", std::nullopt}})}, {});
  REQUIRE(closure);
  CHECK(*closure);
}

TEST_CASE("lists in libsolv's form are used where they are whole, and made anew where not", "[local]") {
  LocalArchive archive;
  const InstallPackages step = request({{"fake-driver", std::nullopt}});
  const auto first = asker_of(archive).close(archive.facts(), archive.repositories(), {step}, {});
  REQUIRE((first && *first));
  std::vector<std::string> packed;
  for (const auto& file : std::filesystem::recursive_directory_iterator(archive.cache()))
    if (file.path().extension() == ".solv") packed.push_back(file.path());
  REQUIRE(!packed.empty());
  const auto second = asker_of(archive).close(archive.facts(), archive.repositories(), {step}, {});
  REQUIRE((second && *second));
  CHECK(**second == **first);
  for (const std::string& path : packed) REQUIRE(archive.machine().write_file(path, "SOLV broken", 0644));
  const auto third = asker_of(archive).close(archive.facts(), archive.repositories(), {step}, {});
  REQUIRE((third && *third));
  CHECK(**third == **first);
}

}  // namespace nvprov
