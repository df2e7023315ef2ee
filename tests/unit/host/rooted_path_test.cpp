#include "host/rooted_path.hpp"

#include "host/posix_host.hpp"
#include "support/catch.hpp"
#include "support/temp_folder.hpp"

using namespace nvprov;
using nvprov::test::TempFolder;

namespace {

std::string resolved(const TempFolder& root, const std::string& path, bool follow_last = true) {
  const auto real = rooted_path(root.path(), path, follow_last);
  REQUIRE(real);
  return real->substr(root.path().size());
}

}  // namespace

TEST_CASE("a path inside a root stays inside it, whatever links it passes") {
  const TempFolder root;
  root.write("etc/os-release", "inside");
  root.link("/etc", "absolute");
  root.link("etc/../../../../../etc", "climbing");
  root.link("absolute", "chain-1");
  root.link("chain-1", "chain-2");
  root.link("/usr/lib/x", "dangling");

  CHECK(resolved(root, "/etc/os-release") == "/etc/os-release");
  CHECK(resolved(root, "/absolute/os-release") == "/etc/os-release");
  CHECK(resolved(root, "/climbing/os-release") == "/etc/os-release");
  CHECK(resolved(root, "/chain-2/os-release") == "/etc/os-release");
  CHECK(resolved(root, "/../../etc/./os-release") == "/etc/os-release");
  CHECK(resolved(root, "/etc/../../../../..").empty());
  CHECK(resolved(root, "/dangling") == "/usr/lib/x");
  CHECK(resolved(root, "/not/there/at-all") == "/not/there/at-all");
}

TEST_CASE("the last link of a path is followed only if asked") {
  const TempFolder root;
  root.link("/etc/target", "link");
  CHECK(resolved(root, "/link", false) == "/link");
  CHECK(resolved(root, "/link", true) == "/etc/target");
}

TEST_CASE("a loop of links is an error that names the path") {
  const TempFolder root;
  root.link("two", "one");
  root.link("one", "two");
  const auto real = rooted_path(root.path(), "/one/file", true);
  REQUIRE(!real);
  CHECK(real.error().message == "/one/file leads through more than 40 links");
}

TEST_CASE("slashes at the end of a root and of a path change nothing") {
  const TempFolder root;
  CHECK(rooted_path(root.path() + "//", "/etc//passwd/", true).value() == root.path() + "/etc/passwd");
  CHECK(rooted_path("/", "/no/such//file", true).value() == "/no/such/file");
  CHECK(rooted_path("/", "/", true).value() == "/");
}

TEST_CASE("a rooted host never reads the machine it runs on") {
  const TempFolder root;
  root.link("/etc/passwd", "etc/secret");
  root.link("../../../../../../etc/hostname", "etc/climbing");
  const auto host = make_posix_host(root.path());
  CHECK(!host->is_live());
  CHECK(host->read_file("/etc/secret").value() == std::nullopt);
  CHECK(host->read_file("/etc/climbing").value() == std::nullopt);
  CHECK(host->file_info("/proc").value() == std::nullopt);
  CHECK(host->read_link("/etc/secret").value() == "/etc/passwd");
  CHECK(!host->uname());
  CHECK(!host->effective_user());
  CHECK(host->environment("PATH") == std::nullopt);
}
