#include "packages/apt.hpp"
#include "support/catch.hpp"

namespace nvprov {

TEST_CASE("pins are read with their place, explanations are not pins") {
  Diagnostics problems;
  const auto pins = parse_preferences(
      "# head\n"
      "Explanation: why\n"
      "Package: libcuda1\n"
      "  nvidia-smi\n"
      "Pin: version 535.*\n"
      "Pin-Priority: 995\n"
      "\n"
      "Package: *\n"
      "Pin: release n=bookworm-backports\n"
      "Pin-Priority: -1\n",
      "preferences", problems);
  CHECK(problems == Diagnostics{});
  CHECK(pins == std::vector<PackagePin>{
                    {"preferences", 2, "libcuda1 nvidia-smi", "version 535.*", "995"},
                    {"preferences", 8, "*", "release n=bookworm-backports", "-1"},
                });
}

TEST_CASE("a pin without a priority is told") {
  Diagnostics problems;
  CHECK(parse_preferences("Package: x\nPin: version 1\n", "preferences", problems).empty());
  CHECK(problems == Diagnostics{{"preferences", "line 1", "the stanza has no field Pin-Priority", ""}});
}

TEST_CASE("the hold is a preferences file that reads back as one pin") {
  const WriteFile file = hold_preferences({"libcuda1", "nvidia-smi"}, "535.309.01-0+deb12u1", "hold the driver at 535");
  CHECK(file.path == "/etc/apt/preferences.d/nvprov");
  CHECK(file.mode == 0644);
  CHECK(file.purpose == "hold the driver at 535");
  Diagnostics problems;
  CHECK(parse_preferences(file.content, file.path, problems) ==
        std::vector<PackagePin>{{file.path, 4, "libcuda1 nvidia-smi", "version 535.309.01-0+deb12u1", "995"}});
  CHECK(problems == Diagnostics{});
}

TEST_CASE("the guard names each package as a pattern that fits nothing else") {
  const WriteFile file = unattended_guard({"libcuda1", "libcudart11.0", "libfoo++"}, "hold the driver");
  CHECK(file ==
        WriteFile{"/etc/apt/apt.conf.d/52nvprov-unattended-upgrades",
                  "// Written by nvprov: hold the driver.\n"
                  "// An upgrade in the background would replace libraries under a running driver. To allow it, "
                  "delete this file.\n"
                  "Unattended-Upgrade::Package-Blacklist {\n"
                  "  \"^libcuda1$\";\n"
                  "  \"^libcudart11\\.0$\";\n"
                  "  \"^libfoo\\+\\+$\";\n"
                  "};\n",
                  0644, "hold the driver"});
}

}  // namespace nvprov
