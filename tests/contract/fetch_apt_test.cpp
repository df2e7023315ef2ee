#include <filesystem>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "contract/local_archive.hpp"
#include "contract/metadata_server.hpp"
#include "metadata/fetched.hpp"
#include "packages/apt.hpp"
#include "support/catch.hpp"

namespace nvprov {
namespace {

using test::LocalArchive;
using test::MetadataServer;

// The signed archive of make-archive, served over https to a target that has its key.
struct Served {
  LocalArchive archive;
  MetadataServer server;
  FetchOptions options{.pause_milliseconds = 10};

  Served() { server.show("debian", archive.archive()); }

  ConsultedRepositories entry(const std::string& brackets = "[signed-by=/usr/share/keyrings/archive.asc]",
                              const std::string& rest = "fake main") const {
    return lines("deb " + brackets + " " + server.url("debian") + " " + rest + "\n");
  }
  static ConsultedRepositories lines(const std::string& text) {
    Diagnostics problems;
    auto entries = parse_one_line_sources(text, "/etc/apt/sources.list", problems);
    REQUIRE(problems.empty());
    return {entries, {}, {}, {}, {}};
  }
  PrivateApt place() const {
    PrivateApt where = archive.apt();
    where.network.ca_file = server.ca_file();
    return where;
  }
  auto try_fetch(const ConsultedRepositories& repositories) {
    const auto downloader = test::quick_downloader();
    return fetch_repositories(archive.machine(), place(), archive.facts(), repositories, *downloader, options);
  }
  FetchedMetadata fetch(const ConsultedRepositories& repositories) {
    auto fetched = try_fetch(repositories);
    if (!fetched) INFO(fetched.error().message << join(fetched.error().because, "; "));
    REQUIRE(fetched);
    REQUIRE(*fetched);
    return **fetched;
  }
  Error refusal(const ConsultedRepositories& repositories) {
    const auto fetched = try_fetch(repositories);
    REQUIRE(!fetched);
    return fetched.error();
  }
  std::string served(const std::string& path) {
    return archive.machine().read_file(archive.archive() + "/" + path)->value();
  }
  std::string fetched_text(const DebIndex& index) { return archive.machine().read_file(index.path)->value(); }
  // What was fetched is older than the window in which it counts as fresh.
  void let_time_pass() {
    for (const auto& folder : std::filesystem::directory_iterator(archive.cache() + "/metadata"))
      if (std::filesystem::exists(folder.path() / "fetched"))
        REQUIRE(archive.machine().write_file(folder.path().string() + "/fetched", "1000000000\n", 0644));
  }
  std::vector<std::string> stamps() const {
    std::vector<std::string> found;
    for (const auto& item : std::filesystem::recursive_directory_iterator(archive.cache()))
      if (item.path().filename() == "fetched") found.push_back(item.path().string());
    return found;
  }
};

constexpr const char* packages = "dists/fake/main/binary-amd64/Packages";

}  // namespace

TEST_CASE("a signed archive's index is fetched and told as its Release file has it", "[metadata]") {
  Served served;
  const FetchedMetadata fetched = served.fetch(served.entry());
  REQUIRE(fetched.deb.size() == 1);
  const DebIndex& index = fetched.deb[0];
  CHECK(served.fetched_text(index) == served.served(packages));
  CHECK(index.digest == sha256_hex(served.served(packages)));
  DebIndex expected = index;
  expected.base = served.server.url("debian/");
  expected.origin = "Example";
  expected.label = "Example-Label";
  expected.suite = "oldfake";
  expected.codename = "fake";
  expected.distribution = "fake";
  expected.component = "main";
  expected.architecture = "amd64";
  expected.trust = MetadataTrust::signature;
  expected.file = "/etc/apt/sources.list";
  expected.line = 1;
  CHECK(index == expected);
  CHECK(fetched.digest.size() == 64);
  CHECK(fetched.warnings.empty());
  CHECK(fetched.rpm.empty());
}

TEST_CASE("within ten minutes nothing is asked for again, later only what has changed", "[metadata]") {
  Served served;
  const FetchedMetadata first = served.fetch(served.entry());
  served.server.requests();
  CHECK(served.fetch(served.entry()).deb == first.deb);
  CHECK(served.server.requests().empty());
  served.let_time_pass();
  CHECK(served.fetch(served.entry()).deb == first.deb);
  const auto requests = served.server.requests();
  REQUIRE(requests.size() == 1);
  CHECK(requests[0].starts_with("304 /debian/dists/fake/InRelease"));
}

TEST_CASE("an archive changed after it was signed is not trusted, and nothing of it is kept", "[metadata]") {
  Served served;
  served.archive.alter("dists/fake/InRelease", "Origin: Example", "Origin: Exampel");
  const Error error = served.refusal(served.entry());
  CHECK(error.kind == ErrorKind::not_trusted);
  CHECK(error.message == "the signature of " + served.server.url("debian/dists/fake/InRelease") +
                             " does not hold: it was changed after it was signed");
  CHECK(served.stamps().empty());
  served.options.offline = true;
  CHECK(served.refusal(served.entry()).kind == ErrorKind::failed);
}

}  // namespace nvprov
