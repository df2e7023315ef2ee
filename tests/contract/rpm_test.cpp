#include <fmt/format.h>

#include <filesystem>

#include "base/text.hpp"
#include "contract/local_archive.hpp"
#include "packages/dnf.hpp"
#include "support/catch.hpp"

namespace nvprov {
namespace {

// "1.0-1 < 1.0-2": the order of every pair as librpm sees it, asked in one go.
std::string orders_of(const std::vector<std::string>& versions) {
  const std::string script = fmt::format(
      "%{{lua:local versions = {{'{}'}}; local signs = {{[-1] = '<', [0] = '=', [1] = '>'}}\n"
      "for _, left in ipairs(versions) do for _, right in ipairs(versions) do\n"
      "print(left .. ' ' .. signs[rpm.vercmp(left, right)] .. ' ' .. right .. '\\n') end end}}",
      join(versions, "', '"));
  return test::run_program({"rpm", "--eval", script});
}

std::string sign_of(std::strong_ordering order) { return order < 0 ? "<" : order > 0 ? ">" : "="; }

}  // namespace

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
  std::string expected;
  for (const std::string& left : versions)
    for (const std::string& right : versions)
      expected += fmt::format("{} {} {}\n", left, sign_of(compare_rpm_versions(left, right)), right);
  CHECK(trim(expected) == trim(orders_of(versions)));
}

}  // namespace nvprov
