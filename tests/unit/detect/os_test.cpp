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
  CHECK(os == OsFacts{"example", {"debian", "ubuntu"}, "12", "book worm", "Example \"Linux\" 12"});
  CHECK(problems.empty());
}

TEST_CASE("a line of os-release that is no assignment is told with its number") {
  Diagnostics problems;
  CHECK(parse_os_release("ID=example\nwhat is this\n=x\n", problems) == OsFacts{"example", {}, "", "", "Linux"});
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
