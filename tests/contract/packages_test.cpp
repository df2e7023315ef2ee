#include <fmt/format.h>

#include <array>

#include "base/text.hpp"
#include "contract/local_archive.hpp"
#include "host/posix_host.hpp"
#include "packages/apt.hpp"
#include "support/catch.hpp"

namespace nvprov {
namespace {

// Those of the claims ("1.0", "lt", "1.1", ...) dpkg denies. One shell starts dpkg many times faster than this process.
std::string denied(const std::vector<std::string>& claims) {
  constexpr const char* script =
      "while [ $# -gt 0 ]; do dpkg --compare-versions \"$1\" \"$2\" \"$3\" || echo \"$1 $2 $3\"; shift 3; done";
  std::vector<std::string> argv = {"sh", "-uc", script, "sh"};
  argv.insert(argv.end(), claims.begin(), claims.end());
  return test::run_program(argv);
}

std::string relation_of(std::strong_ordering order) { return order < 0 ? "lt" : order > 0 ? "gt" : "eq"; }

}  // namespace

TEST_CASE("versions are ordered as dpkg orders them", "[local]") {
  const std::vector<std::string> versions = {
      "0",
      "0~",
      "1",
      "1.0",
      "1.00",
      "01.0",
      "1:0",
      "0:1.0",
      "1.0-0",
      "1.0-1",
      "1.0-1+b1",
      "1.0-1a",
      "1.0-1~bpo12+1",
      "1.0~rc1",
      "1.0~rc1~x",
      "1.0+dfsg",
      "1.0.dfsg",
      "1.0a",
      "1.0A",
      "1.0-a",
      "1.0-10",
      "1.0-2",
      "1.0-1-2",
      "535.261.03-1",
      "535.309.01-0+deb12u1",
      "550.163.01-2",
      "20220217+3~deb12u1",
  };
  std::vector<std::string> claims;
  for (auto left = versions.begin(); left != versions.end(); ++left)
    for (auto right = left; right != versions.end(); ++right) {
      const auto order = compare_deb_versions(*left, *right);
      CHECK(relation_of(compare_deb_versions(*right, *left)) == relation_of(0 <=> order));
      claims.insert(claims.end(), {*left, relation_of(order), *right});
    }
  CHECK(denied(claims).empty());
}

TEST_CASE("the guard file says to apt what unattended-upgrades shall read", "[local]") {
  const test::TempFolder folder;
  const WriteFile guard = unattended_guard({"libcudart11.0", "libfoo++"}, "a test");
  const std::string config = folder.write("apt.conf", guard.content);
  const auto output = make_posix_host("/")->run(
      {{"apt-config", "dump", "Unattended-Upgrade::Package-Blacklist"}, {{"APT_CONFIG", config}}}, {});
  REQUIRE(output);
  CHECK(contains(output->out, "Unattended-Upgrade::Package-Blacklist:: \"^libcudart11\\.0$\";\n"));
  CHECK(contains(output->out, "Unattended-Upgrade::Package-Blacklist:: \"^libfoo\\+\\+$\";\n"));
}

}  // namespace nvprov
