#include "metadata/release_file.hpp"

#include "metadata/fetch_apt.hpp"
#include "support/catch.hpp"

namespace nvprov {
namespace {

const std::string sha256(64, 'a');
const std::string sha512(128, 'b');

std::string release_text(const std::string& more) {
  return "Origin: Debian\nLabel: Debian\nSuite: oldstable\nCodename: bookworm\nDate: Sat, 09 May 2026 10:00:00 UTC\n"
         "Architectures: all amd64\nComponents: main contrib\n" +
         more;
}

ErrorKind kind_of(const std::string& text) {
  const auto release = parse_release(text);
  REQUIRE(!release);
  return release.error().kind;
}

}  // namespace

TEST_CASE("a Release file's fields and files are read, the SHA-256 of a file before its SHA-512") {
  const auto release =
      parse_release(release_text("NotAutomatic: yes\nAcquire-By-Hash: yes\nMD5Sum:\n 0123 7 x\nSHA256:\n " + sha256 +
                                 " 12 main/binary-amd64/Packages.xz\nSHA512:\n " + sha512 +
                                 " 12 main/binary-amd64/Packages.xz\n " + sha512 + " 9 other\n"));
  REQUIRE(release);
  ReleaseFile expected;
  expected.origin = "Debian";
  expected.label = "Debian";
  expected.suite = "oldstable";
  expected.codename = "bookworm";
  expected.date = 1778320800;
  expected.architectures = {"all", "amd64"};
  expected.not_automatic = true;
  expected.acquire_by_hash = true;
  expected.has_separate_all = true;
  expected.items = {{"main/binary-amd64/Packages.xz", {12, {DigestKind::sha256, sha256}}},
                    {"other", {9, {DigestKind::sha512, sha512}}}};
  CHECK(*release == expected);
}

TEST_CASE("a Release file that says so has no indexes of their own for all architectures") {
  const auto release =
      parse_release(release_text("No-Support-for-Architecture-all: Packages\nSHA256:\n " + sha256 + " 1 x\n"));
  REQUIRE(release);
  CHECK(!release->has_separate_all);
}

TEST_CASE("MD5 and SHA-1 alone are not trusted, what is not whole is a failure") {
  CHECK(kind_of(release_text("MD5Sum:\n 0 1 x\nSHA1:\n 0 1 x\n")) == ErrorKind::not_trusted);
  CHECK(kind_of(release_text("")) == ErrorKind::failed);
  CHECK(kind_of("<html>log in first</html>\n") == ErrorKind::failed);
  CHECK(kind_of(release_text("SHA256:\n " + sha256.substr(1) + " 1 x\n")) == ErrorKind::failed);
  CHECK(kind_of(release_text("SHA256:\n " + sha256 + " many x\n")) == ErrorKind::failed);
  CHECK(kind_of("Date: yesterday\nSHA256:\n " + sha256 + " 1 x\n") == ErrorKind::failed);
}

TEST_CASE("a Release file cannot name files outside its folder") {
  for (const char* path : {"../other", "/etc/passwd", "a/../../b", "a?b", "a//b"})
    CHECK(kind_of(release_text("SHA256:\n " + sha256 + " 1 " + path + "\n")) == ErrorKind::failed);
}

TEST_CASE("dates of Release files are universal time") {
  CHECK(parse_release_date("Thu, 01 Jan 1970 00:00:01 UTC") == 1);
  CHECK(parse_release_date("Fri, 27 Apr 2018 21:29:25 +0000") == 1524864565);
  CHECK(parse_release_date("Fri, 27 Apr 2018 21:29:25 +0200") == std::nullopt);
  CHECK(parse_release_date("Fri, 31 Apr 2018 21:29:25 UTC") == std::nullopt);
  CHECK(parse_release_date("2018-04-27T21:29:25Z") == std::nullopt);
}

TEST_CASE("a Release file counts between its date and its end, as entry and apt's settings have it") {
  AptRepository repository;
  AptConfig config;
  ReleaseFile release;
  release.date = 1000;
  release.valid_until = 2000;
  const auto counts = [&](std::int64_t now) {
    return check_release_dates(release, repository, config, now, "x").has_value();
  };
  CHECK(counts(1000));
  CHECK(counts(990));
  CHECK(!counts(989));
  CHECK(counts(2000));
  CHECK(!counts(2001));
  config.add("Acquire::Max-ValidTime \"100\";");
  CHECK(!counts(1101));
  repository.check_valid_until = false;
  CHECK(counts(2001));
  repository.check_valid_until = std::nullopt;
  config.add("Acquire::Check-Date no;");
  CHECK(counts(1));
}

TEST_CASE("a Release file may not be older than the one kept, nor lose its date") {
  ReleaseFile kept;
  kept.date = 2000;
  ReleaseFile release = kept;
  CHECK(!compare_with_kept(release, kept, "x").value().has_value());
  release.label = "another";
  CHECK(compare_with_kept(release, kept, "x").value().has_value());
  release.date = 1999;
  REQUIRE(!compare_with_kept(release, kept, "x"));
  CHECK(compare_with_kept(release, kept, "x").error().kind == ErrorKind::not_trusted);
  release.date = std::nullopt;
  CHECK(!compare_with_kept(release, kept, "x"));
  release.date = 2001;
  CHECK(!compare_with_kept(release, kept, "x").value().has_value());
}

}  // namespace nvprov
