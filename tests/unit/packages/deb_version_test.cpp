#include "packages/apt.hpp"
#include "support/catch.hpp"

namespace nvprov {

TEST_CASE("Debian versions are ordered by epoch, upstream and revision") {
  // Each is older than the next one; tests/contract compares many more with dpkg.
  const std::vector<std::string> ordered = {
      "0~~",           "0~",           "0",          "0+1",      "1.0~rc1",      "1.0",
      "1.0-1~bpo12+1", "1.0-1",        "1.0-1a",     "1.0-1+b1", "1.0-1.1",      "1.0-2",
      "1.0-10",        "1.0a-1",       "1.0+dfsg-1", "1.0.1",    "535.261.03-1", "535.309.01-0+deb12u1",
      "535.309.01-1",  "550.163.01-2", "1:0~1",      "1:0.1",    "2:0",
  };
  for (std::size_t i = 0; i < ordered.size(); ++i)
    for (std::size_t j = 0; j < ordered.size(); ++j) {
      CAPTURE(ordered[i], ordered[j]);
      const auto order = compare_deb_versions(ordered[i], ordered[j]);
      CHECK((order < 0) == (i < j));
      CHECK((order == 0) == (i == j));
    }
}

TEST_CASE("Debian versions that differ in spelling only are equal") {
  CHECK((compare_deb_versions("0:1.0", "1.0") == 0));
  CHECK((compare_deb_versions("1.0-0", "1.0") == 0));
  CHECK((compare_deb_versions("1.01", "1.1") == 0));
}

TEST_CASE("the upstream part of a Debian version is between epoch and revision") {
  CHECK(upstream_version("1:535.309.01-0+deb12u1") == "535.309.01");
  CHECK(upstream_version("550.163.01-2") == "550.163.01");
  CHECK(upstream_version("20220217+3~deb12u1") == "20220217+3~deb12u1");
  CHECK(upstream_version("11.8.89~11.8.0-5~deb12u1") == "11.8.89~11.8.0");
}

}  // namespace nvprov
