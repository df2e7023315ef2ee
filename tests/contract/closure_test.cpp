#include "closure/closure.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "contract/local_archive.hpp"
#include "packages/apt.hpp"
#include "support/catch.hpp"

namespace nvprov {
namespace {

using test::LocalArchive;
using test::request;

const std::vector<std::string> fakes = {"fake-driver", "fake-library", "fake-nothing"};

PackageOffer offer(std::string name, std::string version, std::uint64_t installed_kibibytes, bool candidate) {
  PackageOffer value;
  value.name = std::move(name);
  value.version = std::move(version);
  value.architecture = "amd64";
  value.origin = "Example";
  value.suite = "fake";
  value.installed_bytes = installed_kibibytes * 1024;
  value.candidate = candidate;
  return value;
}

// Sizes of packages built by this machine's dpkg-deb are not the same everywhere.
std::vector<PackageOffer> without_downloads(std::vector<PackageOffer> offers) {
  for (PackageOffer& each : offers) {
    CHECK(each.download_bytes > 0);
    each.download_bytes = 0;
  }
  return offers;
}

PackageChange change(PackageAction action, std::string name, std::optional<std::string> version,
                     std::optional<std::string> old_version, bool requested) {
  PackageChange value;
  value.action = action;
  value.name = std::move(name);
  value.architecture = "amd64";
  value.version = std::move(version);
  value.old_version = std::move(old_version);
  if (value.version) value.origin = "Example fake";
  value.requested = requested;
  return value;
}

std::vector<PackageChange> without_sizes(std::vector<PackageChange> changes) {
  for (PackageChange& each : changes) {
    CHECK(each.download_bytes.has_value() == each.version.has_value());
    CHECK(each.installed_bytes.has_value() == each.version.has_value());
    each.download_bytes = std::nullopt;
    each.installed_bytes = std::nullopt;
  }
  return changes;
}

Result<RepositoryMetadata> fetch(LocalArchive& archive, const ConsultedRepositories& repositories) {
  return fetch_apt_metadata(archive.machine(), archive.apt(), archive.facts(), repositories, fakes);
}

Closure closed(LocalArchive& archive, const HostFacts& facts, const ConsultedRepositories& repositories,
               const std::vector<InstallPackages>& transactions) {
  const auto closure = close_apt_packages(archive.machine(), archive.apt(), facts, repositories, transactions);
  REQUIRE(closure);
  REQUIRE(*closure);
  return **closure;
}

std::vector<std::string> refused(LocalArchive& archive, const HostFacts& facts,
                                 const ConsultedRepositories& repositories, const InstallPackages& step) {
  const auto closure = close_apt_packages(archive.machine(), archive.apt(), facts, repositories, {step});
  REQUIRE(closure);
  REQUIRE(!*closure);
  std::vector<std::string> words;
  for (const Conflict& conflict : closure->error().conflicts) words.push_back(conflict.subject);
  return words;
}

// Makes the indexes of an earlier run old enough to be fetched anew.
void let_time_pass(LocalArchive& archive) {
  for (const auto& folder : std::filesystem::directory_iterator(archive.cache() + "/apt"))
    REQUIRE(archive.machine().write_file(folder.path().string() + "/fetched", "1000000000\n", 0644));
}

void check_not_usable(LocalArchive& archive, const ConsultedRepositories& repositories) {
  CHECK(!close_apt_packages(archive.machine(), archive.apt(), archive.facts(), repositories,
                            {request({{"fake-driver", std::nullopt}})}));
}

}  // namespace

TEST_CASE("every version of a package is told, and nothing of the target changes", "[local][user]") {
  LocalArchive archive;
  const auto before = archive.target_files();
  const auto metadata = fetch(archive, archive.repositories());
  REQUIRE(metadata);
  CHECK(metadata->known);
  CHECK(metadata->digest.size() == 64);
  CHECK(metadata->fetched_at.has_value());
  CHECK(without_downloads(metadata->offers) == std::vector<PackageOffer>{
                                                   offer("fake-driver", "98.1.0-1", 100, false),
                                                   offer("fake-driver", "99.9.0-1", 100, true),
                                                   offer("fake-library", "98.1.0-1", 20, false),
                                                   offer("fake-library", "99.9.0-1", 20, true),
                                               });
  CHECK(archive.target_files() == before);
}

TEST_CASE("the closure holds what is drawn in, with sizes and origins", "[local][user]") {
  LocalArchive archive;
  REQUIRE(fetch(archive, archive.repositories()));
  const auto before = archive.target_files();
  const Closure closure =
      closed(archive, archive.facts(), archive.repositories(), {request({{"fake-driver", std::nullopt}})});
  CHECK(closure.known);
  CHECK(without_sizes(closure.packages) ==
        std::vector<PackageChange>{
            change(PackageAction::install, "fake-driver", "99.9.0-1", std::nullopt, true),
            change(PackageAction::install, "fake-library", "99.9.0-1", std::nullopt, false),
        });
  CHECK(closure.download_bytes == *closure.packages[0].download_bytes + *closure.packages[1].download_bytes);
  CHECK(closure.disk_bytes == 120 * 1024);
  CHECK(archive.target_files() == before);
}

TEST_CASE("a hold file of the plan decides versions as it will on the host", "[local]") {
  LocalArchive archive;
  ConsultedRepositories repositories = archive.repositories();
  REQUIRE(fetch(archive, repositories));
  const InstallPackages older = request({{"fake-driver", "98.1.0-1"}});
  CHECK(refused(archive, archive.facts(), repositories, older) ==
        std::vector<std::string>{"fake-driver: Depends: fake-library (= 98.1.0-1) but 99.9.0-1 is to be installed"});
  repositories.preferences = {hold_preferences({"fake-driver", "fake-library"}, "98.*", "a test")};
  CHECK(without_sizes(closed(archive, archive.facts(), repositories, {older}).packages) ==
        std::vector<PackageChange>{
            change(PackageAction::install, "fake-driver", "98.1.0-1", std::nullopt, true),
            change(PackageAction::install, "fake-library", "98.1.0-1", std::nullopt, false),
        });
}

TEST_CASE("the target's own pins count, and our file replaces its older self", "[local]") {
  LocalArchive archive;
  const ConsultedRepositories repositories = archive.repositories();
  HostFacts facts = archive.facts();
  facts.package_facts.pins = {
      {"/etc/apt/preferences.d/nvprov", 1, "fake-driver fake-library", "version 98.*", "995"},
      {"/etc/apt/preferences", 1, "fake-library", "version 99.*", "-1"},
  };
  REQUIRE(fetch_apt_metadata(archive.machine(), archive.apt(), facts, repositories, fakes));
  const InstallPackages step = request({{"fake-driver", std::nullopt}});
  CHECK(closed(archive, facts, repositories, {step}).packages[0].version == "98.1.0-1");

  ConsultedRepositories newer = repositories;
  newer.preferences = {hold_preferences({"fake-driver"}, "99.*", "a test")};
  CHECK(refused(archive, facts, newer, step) ==
        std::vector<std::string>{"fake-driver: Depends: fake-library (= 99.9.0-1) but 98.1.0-1 is to be installed"});
}

TEST_CASE("removals, downgrades and the disk they free are shown", "[local]") {
  LocalArchive archive;
  HostFacts facts = archive.facts();
  archive.install(facts, "fake-driver", "99.9.0-1");
  archive.install(facts, "fake-library", "99.9.0-1");
  REQUIRE(fetch(archive, archive.repositories()));
  const Closure removal = closed(archive, facts, archive.repositories(), {request({{"fake-replacer", std::nullopt}})});
  CHECK(without_sizes(removal.packages) ==
        std::vector<PackageChange>{
            change(PackageAction::remove, "fake-driver", std::nullopt, "99.9.0-1", false),
            change(PackageAction::install, "fake-replacer", "99.9.0-1", std::nullopt, true),
        });
  CHECK(removal.disk_bytes == 10 * 1024 - 100 * 1024);

  const Closure downgrade = closed(archive, facts, archive.repositories(),
                                   {request({{"fake-library", "98.1.0-1"}}), request({{"fake-driver", "98.1.0-1"}})});
  CHECK(without_sizes(downgrade.packages) ==
        std::vector<PackageChange>{
            change(PackageAction::downgrade, "fake-driver", "98.1.0-1", "99.9.0-1", true),
            change(PackageAction::downgrade, "fake-library", "98.1.0-1", "99.9.0-1", true),
        });
  CHECK(downgrade.disk_bytes == 0);
}

TEST_CASE("a held package in the way is shown with its mark", "[local]") {
  LocalArchive archive;
  HostFacts facts = archive.facts();
  archive.install(facts, "fake-library", "98.1.0-1", true);
  REQUIRE(fetch(archive, archive.repositories()));
  PackageChange held = change(PackageAction::upgrade, "fake-library", "99.9.0-1", "98.1.0-1", false);
  held.held = true;
  CHECK(without_sizes(
            closed(archive, facts, archive.repositories(), {request({{"fake-driver", "99.9.0-1"}})}).packages) ==
        std::vector<PackageChange>{
            change(PackageAction::install, "fake-driver", "99.9.0-1", std::nullopt, true),
            held,
        });
}

TEST_CASE("what apt refuses is a refusal in its words, not an error", "[local]") {
  LocalArchive archive;
  REQUIRE(fetch(archive, archive.repositories()));
  const auto refusal = [&](const PackageRequest& package) {
    return refused(archive, archive.facts(), archive.repositories(), request({package}));
  };
  CHECK(refusal({"fake-broken", std::nullopt}) ==
        std::vector<std::string>{"fake-broken: Depends: fake-missing (>= 3) but it is not installable"});
  CHECK(refusal({"fake-nothing", std::nullopt}) == std::vector<std::string>{"Unable to locate package fake-nothing"});
  CHECK(refusal({"fake-driver", "1.0"}) == std::vector<std::string>{"Version '1.0' for 'fake-driver' was not found"});
}

TEST_CASE("the components added by a plan are read with the host's own key", "[local]") {
  LocalArchive archive;
  Distro distro;
  distro.codename = "fake";
  PackageSource source;
  source.id = "distro";
  source.title = "the test archive";
  source.suites = {"{codename}"};
  source.components = {"non-free"};
  ConsultedRepositories repositories = archive.repositories();
  SECTION("in the one-line format") {}
  SECTION("in a deb822 stanza with the key inside") {
    std::string key;
    const auto block = archive.machine().read_file(archive.archive() + "/key.asc");
    REQUIRE((block && *block));
    for (std::size_t at = 0; at < (*block)->size();) {
      const std::size_t end = (*block)->find('\n', at);
      const std::string line = (*block)->substr(at, end - at);
      key += line.empty() ? " .\n" : " " + line + "\n";
      at = end + 1;
    }
    Diagnostics problems;
    repositories.entries = parse_deb822_sources(
        "Types: deb deb-src\nURIs: file:/srv/archive\nSuites: fake\nComponents: main\nSigned-By:\n" + key,
        "/etc/apt/sources.list.d/host.sources", problems);
    REQUIRE(problems.empty());
  }
  PackageFacts packages;
  packages.repositories = repositories.entries;
  const auto added = component_repository(packages, distro, source);
  REQUIRE(added);
  repositories.added = {*added};
  const auto metadata =
      fetch_apt_metadata(archive.machine(), archive.apt(), archive.facts(), repositories, {"fake-data", "fake-open"});
  REQUIRE(metadata);
  REQUIRE(metadata->offers.size() == 2);
  CHECK(metadata->offers[0].version == "1:2.0+dfsg-1~test1");
  CHECK(metadata->offers[0].architecture == "all");
}

TEST_CASE("indexes younger than ten minutes are not asked for again", "[local]") {
  LocalArchive archive;
  const auto first = fetch(archive, archive.repositories());
  REQUIRE(first);
  archive.alter("dists/fake/InRelease", "Example-Label", "Tampered-Label");
  const auto second = fetch(archive, archive.repositories());
  REQUIRE(second);
  CHECK(*second == *first);
}

TEST_CASE("a signature that does not hold is not trusted, though an older good index is there", "[local]") {
  LocalArchive archive;
  REQUIRE(fetch(archive, archive.repositories()));
  let_time_pass(archive);
  SECTION("the signed file was altered") { archive.alter("dists/fake/InRelease", "Example-Label", "Tampered-Label"); }
  SECTION("a stranger signed it") { archive.sign("stranger"); }
  SECTION("nobody signed it") { std::filesystem::remove(archive.archive() + "/dists/fake/InRelease"); }
  const auto metadata = fetch(archive, archive.repositories());
  REQUIRE(!metadata);
  CHECK(metadata.error().kind == ErrorKind::not_trusted);
  CHECK(metadata.error().because.size() == 1);
  check_not_usable(archive, archive.repositories());
}

TEST_CASE("a signature that does not hold is not trusted on the first run either", "[local][user]") {
  LocalArchive archive;
  archive.sign("stranger");
  const auto metadata = fetch(archive, archive.repositories());
  REQUIRE(!metadata);
  CHECK(metadata.error().kind == ErrorKind::not_trusted);
  check_not_usable(archive, archive.repositories());
}

TEST_CASE("other failures to fetch have words of their own", "[local]") {
  LocalArchive archive;
  ConsultedRepositories repositories = archive.repositories();
  std::string message;
  ErrorKind kind = ErrorKind::failed;
  SECTION("an index past its time") {
    kind = ErrorKind::not_trusted;
    archive.sign("archive", "Valid-Until: Thu, 01 Jan 2026 00:00:00 UTC");
    message = "the index of a repository is outside its time of validity";
  }
  SECTION("an index that is not the signed one") {
    kind = ErrorKind::not_trusted;
    archive.alter("dists/fake/main/binary-amd64/Packages", "Maintainer: Test", "Maintainer: Tost");
    message = "an index differs from its signed checksum, also at try 3";
  }
  SECTION("a mirror nobody answers at") {
    // Also shows that the target's own settings reach the private apt: it would try again for seconds.
    archive.write("/etc/apt/apt.conf.d/10retries", "Acquire::Retries \"0\";\n");
    repositories.entries[0].uris = {"http://127.0.0.1:1/archive"};
    message = "a repository cannot be reached";
  }
  SECTION("a mirror without the suite") {
    repositories.entries[0].suites = {"other"};
    message = "a repository cannot be reached";
  }
  const auto metadata = fetch(archive, repositories);
  REQUIRE(!metadata);
  CHECK(metadata.error().kind == kind);
  CHECK(metadata.error().message == message);
  CHECK(metadata.error().because.size() == 1);
  check_not_usable(archive, repositories);
}

TEST_CASE("a full disk is told as such", "[local]") {
  LocalArchive archive;
  std::filesystem::create_directories(archive.cache());
  const auto mounted =
      archive.machine().run({{"mount", "-t", "tmpfs", "-o", "size=96k,mode=755", "none", archive.cache()}, {}}, {});
  if (!mounted || mounted->exit_status != 0) return;  // a plain user and many containers cannot make a small disk
  const auto metadata = fetch(archive, archive.repositories());
  test::run_program({"umount", archive.cache()});
  REQUIRE(!metadata);
  CHECK(metadata.error().kind == ErrorKind::failed);
  CAPTURE(metadata.error().message);
  CHECK(metadata.error().message.find("the disk that holds") == 0);
}

TEST_CASE("hooks and programs in the target's configuration are never run", "[local][user]") {
  LocalArchive archive;
  const std::string marker = archive.root() + "/marker";
  archive.write("/etc/apt/apt.conf.d/99hooks", "APT::Update::Pre-Invoke {\"touch " + marker + "\";};\n" +
                                                   "APT::Update::Post-Invoke {\"touch " + marker + "\";};\n" +
                                                   "DPkg::Pre-Invoke {\"touch " + marker + "\";};\n" +
                                                   "Acquire::http::Proxy-Auto-Detect \"touch " + marker + "\";\n" +
                                                   "Dir::Bin::dpkg \"" + marker + "\";\n");
  REQUIRE(fetch(archive, archive.repositories()));
  closed(archive, archive.facts(), archive.repositories(), {request({{"fake-driver", std::nullopt}})});
  CHECK(!std::filesystem::exists(marker));
}

TEST_CASE("a link in the target does not lead out of it", "[local][user]") {
  LocalArchive archive;
  std::filesystem::remove(archive.root() + "/usr/share/keyrings/archive.asc");
  archive.write("/etc/keys/archive.asc", *archive.machine().read_file(archive.archive() + "/key.asc").value());
  std::filesystem::create_symlink("/etc/keys/archive.asc", archive.root() + "/usr/share/keyrings/archive.asc");
  CHECK(fetch(archive, archive.repositories()));
}

TEST_CASE("two runs at once wait for each other", "[local]") {
  LocalArchive archive;
  const pid_t other = ::fork();
  const auto metadata = fetch(archive, archive.repositories());
  if (other == 0) ::_exit(metadata ? 0 : 1);
  int status = -1;
  REQUIRE(::waitpid(other, &status, 0) == other);
  CHECK(status == 0);
  CHECK(metadata);
}

TEST_CASE("a cache others can write to is not trusted", "[local][user]") {
  LocalArchive archive;
  std::filesystem::create_directories(archive.cache());
  std::filesystem::permissions(archive.cache(), std::filesystem::perms::all);
  const auto metadata = fetch(archive, archive.repositories());
  REQUIRE(!metadata);
  CHECK(metadata.error().kind == ErrorKind::not_trusted);
}

TEST_CASE("indexes the target has are copied, and what is in them need not be fetched", "[local][user]") {
  LocalArchive archive;
  REQUIRE(fetch(archive, archive.repositories()));
  for (const auto& folder : std::filesystem::directory_iterator(archive.cache() + "/apt")) {
    std::filesystem::create_directories(archive.root() + "/var/lib/apt");
    std::filesystem::copy(folder.path() / "lists", archive.root() + "/var/lib/apt/lists",
                          std::filesystem::copy_options::recursive);
  }
  archive.write("/var/lib/apt/lists/unrelated_Translation-en", "not wanted");
  const auto before = archive.target_files();
  std::filesystem::remove_all(archive.cache());
  CHECK(fetch(archive, archive.repositories()));
  CHECK(archive.target_files() == before);
}

}  // namespace nvprov
