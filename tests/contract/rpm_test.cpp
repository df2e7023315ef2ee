#include <filesystem>

#include "base/text.hpp"
#include "host/posix_host.hpp"
#include "packages/dnf.hpp"
#include "support/catch.hpp"

namespace nvprov {

TEST_CASE("rpm versions are ordered as rpm orders them", "[local]") {
  if (!std::filesystem::exists("/usr/bin/rpm")) return;  // a machine without rpm has nothing to compare with
  const std::vector<std::string> versions = {"0-1",
                                             "1-1",
                                             "1.0-1",
                                             "1.00-1",
                                             "1:0-1",
                                             "0:1.0-1",
                                             "1.0-1.el9",
                                             "1.0-10",
                                             "1.0-2",
                                             "1.0~rc1-1",
                                             "1.0~rc1~x-1",
                                             "1.0^git-1",
                                             "1.0^git~pre-1",
                                             "1.0^-1",
                                             "1.0.1-1",
                                             "1.0a-1",
                                             "1.0A-1",
                                             "1.a-1",
                                             "1.0_1-1",
                                             "1.0..1-1",
                                             "1.0.-1",
                                             "a-1",
                                             "a1-1",
                                             "1a1-1",
                                             "580.95.05-1.el9",
                                             "580.126.09-1.el9",
                                             "3:580.95.05-1.el9",
                                             "3:580.126.09-1.el9_4"};
  const auto machine = make_posix_host("/");
  for (const std::string& left : versions)
    for (const std::string& right : versions) {
      const auto output =
          machine->run({{"rpm", "--eval", "%{lua:print(rpm.vercmp('" + left + "','" + right + "'))}"}, {}}, {});
      REQUIRE(output);
      const auto order = compare_rpm_versions(left, right);
      CAPTURE(left, right);
      CHECK(trim(output->out) == (order < 0 ? "-1" : order > 0 ? "1" : "0"));
    }
}

}  // namespace nvprov
