#include <cstdlib>
#include <filesystem>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "closure/package_asker.hpp"
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
struct ServedArchive {
  LocalArchive archive;
  MetadataServer server;
  FetchOptions options{.pause_milliseconds = 10};

  ServedArchive() { server.show("debian", archive.archive()); }

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
  // Puts a Release file of the test's own in place of the archive's, signed by the archive's key.
  void sign_text(const std::string& text) {
    const std::string folder = archive.archive() + "/dists/fake/";
    REQUIRE(archive.machine().write_file(folder + "Release", text, 0644));
    test::run_program({"gpg", "--homedir", archive.archive() + "/gnupg", "--batch", "--yes", "--quiet", "--local-user",
                       "archive@example.org", "--clearsign", "-o", folder + "InRelease", folder + "Release"});
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
  std::vector<std::string> stamps() const { return cached("/fetched"); }
  // What lies in the cache with this at its end.
  std::vector<std::string> cached(const std::string& end) const {
    std::vector<std::string> found;
    for (const auto& item : std::filesystem::recursive_directory_iterator(archive.cache()))
      if (item.is_regular_file() && item.path().string().ends_with(end)) found.push_back(item.path().string());
    return found;
  }
};

constexpr const char* packages = "dists/fake/main/binary-amd64/Packages";

}  // namespace

TEST_CASE("a signed archive's index is fetched and told as its Release file has it", "[metadata]") {
  ServedArchive served;
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
  ServedArchive served;
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
  ServedArchive served;
  served.archive.alter("dists/fake/InRelease", "Origin: Example", "Origin: Exampel");
  const Error error = served.refusal(served.entry());
  CHECK(error.kind == ErrorKind::not_trusted);
  CHECK(error.message == "the signature of " + served.server.url("debian/dists/fake/InRelease") +
                             " does not hold: it was changed after it was signed");
  CHECK(served.stamps().empty());
  served.options.offline = true;
  CHECK(served.refusal(served.entry()).kind == ErrorKind::failed);
}

TEST_CASE("by-hash addresses are used where the Release file offers them", "[metadata]") {
  ServedArchive served;
  served.archive.sign("archive", "Acquire-By-Hash: yes");
  const std::string digest = sha256_hex(served.served(packages));
  std::filesystem::create_directories(served.archive.archive() + "/dists/fake/main/binary-amd64/by-hash/SHA256");
  std::filesystem::copy_file(served.archive.archive() + "/" + packages,
                             served.archive.archive() + "/dists/fake/main/binary-amd64/by-hash/SHA256/" + digest);
  served.server.requests();
  CHECK(served.fetch(served.entry()).deb.size() == 1);
  CHECK(served.server.requests().back() == "200 /debian/dists/fake/main/binary-amd64/by-hash/SHA256/" + digest);
  // Its name is its checksum: another content is no update in between.
  std::filesystem::remove_all(served.archive.cache());
  served.server.misbehave({digest + " spoil"});
  const Error error = served.refusal(served.entry());
  CHECK(error.kind == ErrorKind::not_trusted);
  CHECK(contains(error.message, "was changed on the way"));
}

TEST_CASE("a key that does not count is told from a signature that does not hold", "[metadata]") {
  ServedArchive served;
  served.archive.sign("stranger");
  const Error error = served.refusal(served.entry());
  CHECK(error.kind == ErrorKind::not_trusted);
  CHECK(contains(error.message, "is signed by no key that counts for it"));
  served.archive.sign("archive");
  CHECK(served.fetch(served.entry()).deb.size() == 1);
}

TEST_CASE("a key counts by its file, its fingerprint, its block or for all entries", "[metadata]") {
  ServedArchive served;
  const std::string key = served.served("key.asc");
  served.archive.write("/etc/apt/trusted.gpg.d/archive.asc", key);
  CHECK(served.fetch(served.entry("[arch=amd64]")).deb.size() == 1);
  const std::string other(40, 'A');
  const Error error = served.refusal(served.entry("[signed-by=" + other + "]"));
  CHECK(error.kind == ErrorKind::not_trusted);
  CHECK(contains(join(error.because, " "), other));
  ConsultedRepositories embedded = served.entry("[arch=amd64]");
  std::string block;
  for (const std::string_view line : split_lines(key)) block += "\n " + (line.empty() ? "." : std::string(line));
  embedded.entries[0].options.push_back({"signed-by", block});
  REQUIRE(std::filesystem::remove(served.archive.root() + "/etc/apt/trusted.gpg.d/archive.asc"));
  CHECK(served.fetch(embedded).deb.size() == 1);
  const Error missing = served.refusal(served.entry("[signed-by=/usr/share/keyrings/none.gpg]"));
  CHECK(missing.kind == ErrorKind::not_trusted);
  CHECK(missing.message == "the key file /usr/share/keyrings/none.gpg that an entry names is not there");
}

TEST_CASE("indexes that do not match are asked for again, and then the mirror is being updated", "[metadata]") {
  ServedArchive served;
  served.server.misbehave({"Packages shorten 1"});
  CHECK(served.fetch(served.entry()).deb.size() == 1);
  std::filesystem::remove_all(served.archive.cache());
  served.server.misbehave({"Packages shorten"});
  const Error error = served.refusal(served.entry());
  CHECK(error.kind == ErrorKind::failed);
  CHECK(error.message ==
        "the indexes of " + served.server.url("debian/dists/fake/") + " do not match its index of them, also at try 3");
  CHECK(contains(join(error.hints, " "), "the mirror is being updated"));
  CHECK(served.stamps().empty());
}

TEST_CASE("an index of the signed size with another content is not trusted when it stays so", "[metadata]") {
  ServedArchive served;
  served.server.misbehave({"Packages spoil 1"});
  CHECK(served.fetch(served.entry()).deb.size() == 1);
  std::filesystem::remove_all(served.archive.cache());
  served.server.misbehave({"Packages spoil"});
  const Error error = served.refusal(served.entry());
  CHECK(error.kind == ErrorKind::not_trusted);
  CHECK(error.message ==
        "an index of " + served.server.url("debian/dists/fake/") + " was changed after it was signed, also at try 3");
  CHECK(served.stamps().empty());
}

TEST_CASE("what is cut off is gone on with, and told when it stays so", "[metadata]") {
  ServedArchive served;
  served.server.misbehave({"Packages cut 1"});
  CHECK(served.fetch(served.entry()).deb.size() == 1);
  CHECK(served.server.requests().back().starts_with("206 /debian/" + std::string(packages) + " bytes="));
  std::filesystem::remove_all(served.archive.cache());
  served.server.misbehave({"InRelease cut"});
  const Error error = served.refusal(served.entry());
  CHECK(error.kind == ErrorKind::failed);
  CHECK(error.message == "the answer of " + served.server.url("debian/dists/fake/InRelease") + " was cut short");
}

TEST_CASE("a server that is in trouble or not there is told from all else", "[metadata]") {
  ServedArchive served;
  served.server.misbehave({"InRelease status 503"});
  const Error trouble = served.refusal(served.entry());
  CHECK(trouble.kind == ErrorKind::failed);
  CHECK(contains(trouble.message, "answered with HTTP status 503"));
  const Error nowhere = served.refusal(
      ServedArchive::lines("deb [signed-by=/usr/share/keyrings/archive.asc] https://127.0.0.1:9/debian fake main\n"));
  CHECK(nowhere.kind == ErrorKind::failed);
  CHECK(nowhere.message == "https://127.0.0.1:9/debian/dists/fake/InRelease cannot be reached");
  served.server.misbehave({});
  const Error absent = served.refusal(served.entry("[signed-by=/usr/share/keyrings/archive.asc]", "none main"));
  CHECK(contains(absent.message, "is no repository of apt's: it has no Release file"));
}

TEST_CASE("a Release file out of its time is not trusted unless the entry or apt says otherwise", "[metadata]") {
  ServedArchive served;
  served.archive.sign("archive", "Valid-Until: Sat, 01 Jan 2022 00:00:00 UTC");
  const Error error = served.refusal(served.entry());
  CHECK(error.kind == ErrorKind::not_trusted);
  CHECK(contains(error.message, "has expired"));
  const std::string key = "signed-by=/usr/share/keyrings/archive.asc";
  CHECK(served.fetch(served.entry("[" + key + " check-valid-until=no]")).deb.size() == 1);
  served.let_time_pass();
  served.archive.write("/etc/apt/apt.conf.d/99test", "Acquire { Check-Valid-Until \"false\"; };\n");
  CHECK(served.fetch(served.entry()).deb.size() == 1);
  served.options.now = [] { return std::int64_t{1000000000}; };  // 2001
  std::filesystem::remove_all(served.archive.cache());
  CHECK(contains(served.refusal(served.entry()).message, "is not valid yet"));
}

TEST_CASE("an older Release file than the one fetched before is not trusted", "[metadata]") {
  ServedArchive served;
  CHECK(served.fetch(served.entry()).warnings.empty());
  const std::string newest = served.served("dists/fake/InRelease");
  const std::string release = served.served("dists/fake/Release");
  std::string older;
  for (const std::string_view line : split_lines(release))
    older += (line.starts_with("Date: ") ? "Date: Wed, 01 Jan 2020 00:00:00 UTC" : std::string(line)) + "\n";
  served.sign_text(older);
  served.let_time_pass();
  const Error error = served.refusal(served.entry());
  CHECK(error.kind == ErrorKind::not_trusted);
  CHECK(error.message == served.server.url("debian/dists/fake/InRelease") + " is older than the one fetched before");
  // The one that was refused is not what later ones are compared with.
  REQUIRE(served.archive.machine().write_file(served.archive.archive() + "/dists/fake/InRelease", newest, 0644));
  CHECK(served.fetch(served.entry()).warnings.empty());
}

TEST_CASE("a Release file of the same date but another content is told of", "[metadata]") {
  ServedArchive served;
  served.fetch(served.entry());
  served.sign_text(replace_all(served.served("dists/fake/Release"), "Label: Example-Label", "Label: Other"));
  served.let_time_pass();
  const FetchedMetadata fetched = served.fetch(served.entry());
  CHECK(fetched.warnings == std::vector<MetadataWarning>{{served.server.url("debian/dists/fake/"),
                                                          "its date is that of the one fetched before: whether it is "
                                                          "older cannot be told"}});
}

TEST_CASE("checksums that can be forged do not count, however well they are signed", "[metadata]") {
  ServedArchive served;
  std::string text = served.served("dists/fake/Release");
  text = text.substr(0, text.find("SHA256:"));
  REQUIRE(contains(text, "SHA1:"));
  served.sign_text(text);
  const Error error = served.refusal(served.entry());
  CHECK(error.kind == ErrorKind::not_trusted);
  CHECK(error.message == "a Release file vouches for its indexes by MD5 or SHA-1 alone");
}

TEST_CASE("Release and Release.gpg do where there is no InRelease, and unsigned only where the entry says so",
          "[metadata]") {
  ServedArchive served;
  const std::string folder = served.archive.archive() + "/dists/fake/";
  REQUIRE(std::filesystem::remove(folder + "InRelease"));
  const Error error = served.refusal(served.entry());
  CHECK(error.kind == ErrorKind::not_trusted);
  CHECK(error.message == served.server.url("debian/dists/fake/Release") + " is not signed");
  const FetchedMetadata trusted = served.fetch(served.entry("[trusted=yes]"));
  REQUIRE(trusted.deb.size() == 1);
  CHECK(trusted.deb[0].trust == MetadataTrust::nothing);
  test::run_program({"gpg", "--homedir", served.archive.archive() + "/gnupg", "--batch", "--yes", "--quiet",
                     "--local-user", "archive@example.org", "--armor", "--detach-sign", "-o", folder + "Release.gpg",
                     folder + "Release"});
  CHECK(served.fetch(served.entry()).deb[0].trust == MetadataTrust::signature);
  REQUIRE(std::filesystem::remove(folder + "Release"));
  const FetchedMetadata bare = served.fetch(served.entry("[trusted=yes arch=amd64]", "fake main non-free"));
  CHECK(bare.deb.size() == 2);
}

TEST_CASE("files, copies and mirror lists of the target are fetched, other kinds are an answer of their own",
          "[metadata]") {
  ServedArchive served;
  const std::string key = "[signed-by=/usr/share/keyrings/archive.asc] ";
  const FetchedMetadata local = served.fetch(ServedArchive::lines("deb " + key + "copy:/srv/archive fake main\n"));
  REQUIRE(local.deb.size() == 1);
  CHECK(local.deb[0].base == "file:" + served.archive.archive() + "/");
  served.archive.write("/etc/apt/list",
                       "https://127.0.0.1:9/debian\tpriority:1\n" + served.server.url("debian") + "\n");
  const FetchedMetadata listed =
      served.fetch(ServedArchive::lines("deb " + key + "mirror+file:/etc/apt/list fake main\n"));
  REQUIRE(listed.deb.size() == 1);
  CHECK(listed.deb[0].base == served.server.url("debian/"));
  const auto other = served.try_fetch(ServedArchive::lines("deb " + key + "tor+http://debian.test/debian fake main\n"));
  REQUIRE(other);
  REQUIRE(!*other);
  CHECK(other->error() ==
        Unfetchable{{"/etc/apt/sources.list", 1, "tor+http://debian.test/debian", "nvprov does not speak tor+http"}});
}

TEST_CASE("the container toolkit's real repository is verified: flat, SHA512 alone, dated 2018", "[metadata]") {
  ServedArchive served;
  served.server.show("toolkit", std::string(NVPROV_SOURCE_DIR) + "/tests/data/container-toolkit/deb");
  const auto key =
      served.archive.machine().read_file(std::string(NVPROV_SOURCE_DIR) + "/tests/data/keys/libnvidia-container.asc");
  REQUIRE(key);
  served.archive.write("/usr/share/keyrings/toolkit.asc", **key);
  const FetchedMetadata fetched = served.fetch(
      ServedArchive::lines("deb [signed-by=/usr/share/keyrings/toolkit.asc] " + served.server.url("toolkit") + " /\n"));
  REQUIRE(fetched.deb.size() == 1);
  const DebIndex& index = fetched.deb[0];
  CHECK(index.path.ends_with(".xz"));
  CHECK(index.origin == "https://nvidia.github.io/libnvidia-container/stable");
  CHECK(index.suite.empty());
  CHECK(index.codename == "stable");
  CHECK(index.component.empty());
  CHECK(index.base == served.server.url("toolkit/"));
  CHECK(index.digest == sha256_hex(served.fetched_text(index)));
}

TEST_CASE("a target that is not here gives nothing but its facts", "[metadata]") {
  ServedArchive served;
  PrivateApt place = served.place();
  place.target_root = "";
  const auto downloader = test::quick_downloader();
  const auto needs_file = fetch_repositories(served.archive.machine(), place, served.archive.facts(), served.entry(),
                                             *downloader, served.options);
  REQUIRE(needs_file);
  REQUIRE(!*needs_file);
  CHECK(contains(needs_file->error()[0].reason, "is a file of a machine that is not here"));
  ConsultedRepositories planned;
  planned.added = {{"/etc/apt/sources.list.d/nvprov.list",
                    "deb [signed-by=/etc/apt/keyrings/new.asc] " + served.server.url("debian") + " fake main\n", "",
                    true}};
  planned.keys = {{"/etc/apt/keyrings/new.asc", served.served("key.asc"), {}, "", ""}};
  const auto fetched =
      fetch_repositories(served.archive.machine(), place, served.archive.facts(), planned, *downloader, served.options);
  REQUIRE(fetched);
  REQUIRE(*fetched);
  CHECK((**fetched).deb.size() == 1);
}

TEST_CASE("a cache folder another user can write is not used", "[metadata]") {
  ServedArchive served;
  std::filesystem::create_directories(served.archive.cache());
  std::filesystem::permissions(served.archive.cache(), std::filesystem::perms::all);
  CHECK(served.refusal(served.entry()).kind == ErrorKind::not_trusted);
}

TEST_CASE("what lies in the cache is checked again, and what was changed there is fetched anew", "[metadata]") {
  ServedArchive served;
  const DebIndex index = served.fetch(served.entry()).deb.at(0);
  std::string spoiled = served.fetched_text(index);
  spoiled.back() = '!';
  REQUIRE(served.archive.machine().write_file(index.path, spoiled, 0644));
  CHECK(served.fetched_text(served.fetch(served.entry()).deb.at(0)) == served.served(packages));
  const std::string folder = index.path.substr(0, index.path.rfind('/'));
  const std::string release = served.archive.machine().read_file(folder + "/Release")->value();
  REQUIRE(served.archive.machine().write_file(folder + "/Release", release + "\nx", 0644));
  served.server.requests();
  CHECK(served.fetch(served.entry()).deb.at(0) == index);
  CHECK(served.server.requests().front() == "200 /debian/dists/fake/InRelease");
}

TEST_CASE("offline what was fetched before counts, however old, and nothing is asked for", "[metadata]") {
  ServedArchive served;
  const FetchedMetadata before = served.fetch(served.entry());
  served.let_time_pass();
  served.options.offline = true;
  served.server.requests();
  const FetchedMetadata offline = served.fetch(served.entry());
  CHECK(offline.deb == before.deb);
  CHECK(offline.digest == before.digest);
  CHECK(offline.fetched_at == 1000000000);
  REQUIRE(std::filesystem::remove(before.deb[0].path));
  CHECK(contains(served.refusal(served.entry()).message, "was not fetched before"));
  CHECK(served.server.requests().empty());
}

TEST_CASE("the target's foreign architectures are asked for, and told where an archive has none of them",
          "[metadata]") {
  ServedArchive served;
  served.archive.write("/var/lib/dpkg/arch", "amd64\ni386\n");
  const FetchedMetadata fetched = served.fetch(served.entry());
  CHECK(fetched.deb.size() == 1);
  CHECK(fetched.warnings ==
        std::vector<MetadataWarning>{{served.server.url("debian/dists/fake/"), "it has no packages of main for i386"}});
}

TEST_CASE("Debian's own archive is fetched and verified, xz indexes by their checksums", "[metadata]") {
  constexpr const char* keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
  ServedArchive served;
  const char* mirror = std::getenv("NVPROV_TEST_MIRROR");
  const auto key = served.archive.machine().read_file(keyring);
  if (mirror == nullptr || !key || !*key) {
    WARN("no mirror of Debian 12, or no keyring of its, is known here");
    return;
  }
  served.archive.write(keyring, **key);
  PrivateApt place = served.archive.apt();
  const auto downloader = make_curl_downloader();
  const auto fetched = fetch_repositories(served.archive.machine(), place, served.archive.facts(),
                                          ServedArchive::lines(std::string("deb [signed-by=") + keyring + "] " +
                                                               mirror + " bookworm main non-free-firmware\n"),
                                          *downloader, served.options);
  if (!fetched) FAIL(fetched.error().message << ": " << join(fetched.error().because, "; "));
  REQUIRE(*fetched);
  REQUIRE((**fetched).deb.size() == 2);
  const DebIndex& index = (**fetched).deb[0];
  CHECK(index.path.ends_with(".xz"));
  CHECK(index.origin == "Debian");
  CHECK(index.codename == "bookworm");
  CHECK(index.trust == MetadataTrust::signature);
  CHECK(contains(test::run_program({"xz", "--robot", "--list", index.path}), "totals"));
}

TEST_CASE("a server that says that nothing has changed to one who has nothing gives nothing", "[metadata]") {
  ServedArchive served;
  served.server.misbehave({"InRelease status 304"});
  const Error release = served.refusal(served.entry());
  CHECK(release.kind == ErrorKind::failed);
  CHECK(contains(release.message, "answered with HTTP status 304"));
  served.server.misbehave({"Packages status 304"});
  CHECK(contains(served.refusal(served.entry()).message, "answered with HTTP status 304"));
  CHECK(served.stamps().empty());
}

TEST_CASE("a mirror that stands still is not trusted once its Release file has expired", "[metadata]") {
  ServedArchive served;
  served.archive.sign("archive", "Valid-Until: Sat, 01 Jan 2050 00:00:00 UTC");
  constexpr std::int64_t end = 2524608000;  // then
  served.options.now = [] { return end - 60; };
  served.fetch(served.entry());
  served.options.now = [] { return end; };
  served.server.requests();
  CHECK(served.fetch(served.entry()).deb.size() == 1);
  CHECK(served.server.requests().empty());
  // Fresh, and yet over.
  served.options.now = [] { return end + 60; };
  const Error fresh = served.refusal(served.entry());
  CHECK(fresh.kind == ErrorKind::not_trusted);
  CHECK(fresh.message == served.server.url("debian/dists/fake/InRelease") + " has expired");
  CHECK(served.server.requests().at(0).starts_with("304 /debian/dists/fake/InRelease"));
  served.options.now = [] { return end + 86400; };
  CHECK(contains(served.refusal(served.entry()).message, "has expired"));
  CHECK(served.stamps().empty());
}

TEST_CASE("what one entry says of trust never counts for another of the same repository", "[metadata]") {
  ServedArchive served;
  const std::string key = "signed-by=/usr/share/keyrings/archive.asc";
  const std::string rest = "] " + served.server.url("debian") + " fake main\n";
  for (const char* option :
       {"trusted=yes", "trusted=no", "allow-insecure=yes", "check-valid-until=no", "valid-until-max=9"}) {
    const std::string plain = "deb [" + key + rest;
    const std::string special = "deb [" + key + " " + option + rest;
    for (const std::string& text : {plain + special, special + plain}) {
      const Error error = served.refusal(ServedArchive::lines(text));
      CHECK(error.kind == ErrorKind::failed);
      CHECK(error.message == "two entries have different values of `" +
                                 std::string(option).substr(0, std::string(option).find('=')) + "` for " +
                                 served.server.url("debian/") + " fake");
      CHECK(contains(error.because.at(0), "the second is in /etc/apt/sources.list, line 2"));
    }
  }
}

TEST_CASE("an index that nothing vouches for is read anew when it has changed", "[metadata]") {
  ServedArchive served;
  const std::string folder = served.archive.archive() + "/dists/fake/";
  for (const char* name : {"InRelease", "Release"}) REQUIRE(std::filesystem::remove(folder + name));
  FetchOptions options = served.options;
  options.now = [] { return std::int64_t{1000000000}; };
  const auto offered = [&] {
    PackageAsker asker(served.archive.machine(), served.place(), test::quick_downloader(), options);
    const auto metadata = asker.fetch_metadata(served.archive.facts(), served.entry("[trusted=yes]"), {"fake-driver"});
    REQUIRE(metadata);
    std::string versions;
    for (const PackageOffer& offer : metadata->offers) versions += offer.version + " ";
    return versions;
  };
  CHECK(contains(offered(), "99.9.0-1"));
  for (const auto& item : std::filesystem::directory_iterator(folder + "main/binary-amd64"))
    if (item.path().filename() != "Packages") std::filesystem::remove(item.path());
  served.archive.alter(packages, "Version: 99.9.0-1", "Version: 99.9.1-1");
  options.now = [] { return std::int64_t{1000086400}; };
  CHECK(contains(offered(), "99.9.1-1"));
  const auto packed = served.cached(".solv");
  CHECK(packed.size() == 1);
  // The same once more, out of the packed form.
  CHECK(contains(offered(), "99.9.1-1"));
  CHECK(served.cached(".solv") == packed);
}

TEST_CASE("of indexes that nothing vouches for only the last one counts and stays", "[metadata]") {
  ServedArchive served;
  const std::string folder = served.archive.archive() + "/dists/fake/";
  for (const char* name : {"InRelease", "Release"}) REQUIRE(std::filesystem::remove(folder + name));
  const std::string place = folder + "main/binary-amd64/Packages";
  if (!std::filesystem::exists(place + ".xz")) test::run_program({"xz", "--keep", place});
  const FetchedMetadata first = served.fetch(served.entry("[trusted=yes]"));
  REQUIRE(first.deb.at(0).path.ends_with("Packages-unsigned.xz"));
  REQUIRE(std::filesystem::remove(place + ".xz"));
  served.let_time_pass();
  const FetchedMetadata second = served.fetch(served.entry("[trusted=yes]"));
  CHECK(!second.deb.at(0).path.ends_with(".xz"));
  CHECK(served.fetch(served.entry("[trusted=yes]")).deb == second.deb);
  std::vector<std::string> left = served.cached("");
  std::erase_if(left,
                [](const std::string& path) { return !contains(path, "Packages-") || path.ends_with(".validators"); });
  CHECK(left == std::vector<std::string>{second.deb.at(0).path});
}

TEST_CASE("the digest of all metadata holds what nothing vouches for", "[metadata]") {
  ServedArchive served;
  for (const char* name : {"InRelease", "Release"})
    REQUIRE(std::filesystem::remove(served.archive.archive() + "/dists/fake/" + name));
  for (const auto& item :
       std::filesystem::directory_iterator(served.archive.archive() + "/dists/fake/main/binary-amd64"))
    if (item.path().filename() != "Packages") std::filesystem::remove(item.path());
  const std::string first = served.fetch(served.entry("[trusted=yes]")).digest;
  CHECK(served.fetch(served.entry("[trusted=yes]")).digest == first);
  served.archive.alter(packages, "Version: 99.9.0-1", "Version: 99.9.1-1");
  served.let_time_pass();
  CHECK(served.fetch(served.entry("[trusted=yes]")).digest != first);
}

TEST_CASE("an archive that does not fit together is asked for past the caches on the way", "[metadata]") {
  ServedArchive served;
  served.server.misbehave({"Packages shorten 1"});
  CHECK(served.fetch(served.entry()).deb.size() == 1);
  const auto requests = served.server.requests();
  REQUIRE(requests.size() == 4);
  for (std::size_t i = 0; i < requests.size(); ++i) CHECK(contains(requests[i], "no-cache") == (i >= 2));
}

TEST_CASE("of a copy nobody vouches for only what is signed counts", "[metadata]") {
  ServedArchive served;
  served.options.only_signed = true;
  CHECK(served.fetch(served.entry()).deb.size() == 1);
  const Error error = served.refusal(served.entry("[trusted=yes]"));
  CHECK(error.kind == ErrorKind::not_trusted);
  CHECK(contains(error.message, "nothing in this copy vouches for"));
}

TEST_CASE("a copy holds files by their own names and counts after its time", "[metadata]") {
  ServedArchive served;
  served.archive.sign("archive", "Valid-Until: Sat, 01 Jan 2050 00:00:00 UTC\\\nAcquire-By-Hash: yes");
  served.options.whole = true;
  served.options.expired = true;
  served.options.now = [] { return std::int64_t{2524608000 + 86400}; };
  CHECK(served.fetch(served.entry()).deb.size() == 1);
  for (const std::string& request : served.server.requests()) CHECK(!contains(request, "by-hash"));
  served.options.holds = [](const std::string&) { return false; };
  CHECK(served.fetch(served.entry()).deb.empty());
}

}  // namespace nvprov
