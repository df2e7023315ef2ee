#include <fmt/format.h>

#include <array>

#include "base/text.hpp"
#include "contract/local_archive.hpp"
#include "host/posix_host.hpp"
#include "packages/apt.hpp"
#include "support/catch.hpp"

namespace nvprov {
namespace {

bool dpkg_says(Host& machine, const std::string& left, const std::string& relation, const std::string& right) {
  const auto output = machine.run({{"dpkg", "--compare-versions", left, relation, right}, {}}, {});
  REQUIRE(output);
  return output->exit_status == 0;
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
  const auto machine = make_posix_host("/");
  for (const std::string& left : versions)
    for (const std::string& right : versions) {
      CAPTURE(left, right);
      CHECK(dpkg_says(*machine, left, relation_of(compare_deb_versions(left, right)), right));
    }
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
