#include "detect/os.hpp"

#include "support/catch.hpp"
#include "support/tree_host.hpp"

using namespace nvprov;
using nvprov::test::TreeHost;

TEST_CASE("os-release is read as a shell would read it") {
  Diagnostics problems;
  const OsFacts os = parse_os_release(
      "# comment\n"
      "PRETTY_NAME=\"Example \\\"Linux\\\" 12\"\n"
      "ID=example\n"
      "\n"
      "ID_LIKE='debian ubuntu'\n"
      "VERSION_ID=\"12\"\r\n"
      "VERSION_CODENAME=book\\ worm\n"
      "HOME_URL=\"https://www.example.org/\"\n",
      problems);
  CHECK(os == OsFacts{"example", {"debian", "ubuntu"}, "12", "book worm", "Example \"Linux\" 12", {}, {}});
  CHECK(problems.empty());
}

TEST_CASE("a line of os-release that is no assignment is told with its number") {
  Diagnostics problems;
  CHECK(parse_os_release("ID=example\nwhat is this\n=x\n", problems) ==
        OsFacts{"example", {}, "", "", "Linux", {}, {}});
  CHECK(problems == Diagnostics{{"/etc/os-release", "line 2", "not an assignment NAME=VALUE", ""},
                                {"/etc/os-release", "line 3", "not an assignment NAME=VALUE", ""}});
}

TEST_CASE("the copy below /usr counts where /etc has none, and a root without either has no OS") {
  Diagnostics diagnostics;
  TreeHost host;
  CHECK(detect_os(*host.view(), diagnostics) == std::nullopt);
  host.file("/usr/lib/os-release", "ID=below-usr\n");
  CHECK(detect_os(*host.view(), diagnostics)->id == "below-usr");
  CHECK(diagnostics.empty());
}

namespace {

// A distribution of Example's that a mark on the disk or in /proc tells.
Catalog marked_catalog() {
  Catalog catalog;
  catalog.distros.resize(2);
  catalog.distros[0].id = "board";
  catalog.distros[0].not_supported = "its maker drives it";
  catalog.distros[0].recognised_by = {{"/etc/board_release", std::nullopt},
                                      {"/proc/device-tree/compatible", "maker,b"}};
  catalog.distros[1].id = "example-12";
  catalog.distros[1].os_id = "example";
  catalog.distros[1].version_id = "12";
  return catalog;
}

OsFacts recognised(const TreeHost& host, bool owns_machine) {
  OsFacts os;
  os.id = "example";
  os.version_id = "12";
  Diagnostics diagnostics;
  recognise_distro(*host.view(), marked_catalog(), owns_machine, os, diagnostics);
  CHECK(diagnostics.empty());
  return os;
}

}  // namespace

TEST_CASE("a mark on the disk makes a host another distribution than os-release says") {
  TreeHost host;
  CHECK(recognised(host, true).recognised_as == std::nullopt);
  CHECK(recognised(host, true).not_supported == std::nullopt);
  host.file("/etc/board_release", "");
  for (const bool owns_machine : {true, false}) {
    CHECK(recognised(host, owns_machine).recognised_as == "board");
    CHECK(recognised(host, owns_machine).not_supported == "its maker drives it");
  }
}

TEST_CASE("a mark in /proc counts on the machine itself only, and with its text") {
  TreeHost host;
  host.file("/proc/device-tree/compatible", "other,a");
  CHECK(recognised(host, true).recognised_as == std::nullopt);
  host.file("/proc/device-tree/compatible", std::string("maker,a\0maker,b", 15));
  CHECK(recognised(host, true).recognised_as == "board");
  CHECK(recognised(host, false).recognised_as == std::nullopt);
}
