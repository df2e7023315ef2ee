#include "detect/rpm.hpp"

#include "detect/installed.hpp"
#include "detect/manager.hpp"
#include "detect/package_files.hpp"
#include "support/catch.hpp"
#include "support/tree_host.hpp"

using namespace nvprov;
using nvprov::test::TreeHost;

namespace {

// As JSON has it: one backslash of rpm's own format is two.
const std::string list_format = R"(%{NAME}\\t%{EPOCH}\\t%{VERSION}\\t%{RELEASE}\\t%{ARCH}\\t%{VENDOR}\\n)";
const std::vector<std::string> list_command = {"rpm", "--dbpath", "/var/lib/rpm", "-qa", "--qf", list_format};

Catalog catalog_of_two() {
  Distro apt;
  apt.os_id = "old";
  apt.version_id = "12";
  apt.package_manager = "apt";
  Distro dnf;
  dnf.os_id = "rocky";
  dnf.version_id = "9";
  dnf.minor_versions = true;
  dnf.package_manager = "dnf";
  Catalog catalog;
  catalog.distros = {apt, dnf};
  return catalog;
}

OsFacts os(const std::string& id, const std::string& version) {
  return {.id = id,
          .like = {},
          .version_id = version,
          .codename = {},
          .name = {},
          .recognised_as = {},
          .not_supported = {}};
}

std::optional<std::string> manager_of(const TreeHost& host, const std::optional<OsFacts>& os) {
  Diagnostics diagnostics;
  auto manager = detect_manager(*host.view(), catalog_of_two(), os, diagnostics);
  CHECK(diagnostics.empty());
  return manager;
}

}  // namespace

TEST_CASE("the distribution that os-release names decides the package manager, whatever else is on the disk") {
  TreeHost both;
  both.file("/usr/bin/apt-get", "").file("/usr/bin/dnf-3", "").link("/usr/bin/dnf", "dnf-3");
  CHECK(manager_of(both, os("rocky", "9.6")) == "dnf");
  CHECK(manager_of(both, os("old", "12")) == "apt");
  CHECK(manager_of(both, os("rocky", "90")) == "apt");
  CHECK(manager_of(both, std::nullopt) == "apt");
  TreeHost neither;
  CHECK(manager_of(neither, os("rocky", "9")) == std::nullopt);
}

TEST_CASE("dnf 5 is known by what dnf is a link to, or by standing alone") {
  TreeHost linked;
  linked.file("/usr/bin/dnf5", "").link("/usr/bin/dnf", "dnf5");
  CHECK(manager_of(linked, std::nullopt) == "dnf5");
  TreeHost alone;
  alone.file("/usr/bin/dnf5", "");
  CHECK(manager_of(alone, std::nullopt) == "dnf5");
  TreeHost beside;
  beside.file("/usr/bin/dnf5", "").file("/usr/bin/dnf", "");
  CHECK(manager_of(beside, std::nullopt) == "dnf");
}

TEST_CASE("rpm's list is read without keys, by name, architecture and version") {
  Diagnostics problems;
  const auto packages = parse_rpm_packages(
      "kernel-core\t(none)\t5.14.0\t570.12.1.el9_6\tx86_64\tSome Vendor\n"
      "kernel-core\t(none)\t5.14.0\t70.1.el9\tx86_64\tSome Vendor\n"
      "gpg-pubkey\t(none)\t350d275d\t6279464b\t(none)\t(none)\n"
      "driver\t3\t580.126.09\t1.el9\tx86_64\t(none)\n"
      "broken\t1\n",
      problems);
  CHECK(packages ==
        std::vector<InstalledPackage>{
            {"driver", "3:580.126.09-1.el9", "x86_64", "installed", false, false, {}, {}},
            {"kernel-core", "5.14.0-70.1.el9", "x86_64", "installed", false, false, "Some Vendor", {}},
            {"kernel-core", "5.14.0-570.12.1.el9_6", "x86_64", "installed", false, false, "Some Vendor", {}}});
  CHECK(problems == Diagnostics{{"rpm -qa", "line 5", "not a package in the format asked for", ""}});
}

TEST_CASE("packages of a host with dnf come from its own rpm, those of the versionlock file held") {
  TreeHost host;
  host.file("/usr/bin/dnf", "")
      .file("/var/lib/rpm/rpmdb.sqlite", "")
      .file("/etc/dnf/plugins/versionlock.list", "driver-3:580.*\n")
      .answer(list_command, 0, R"(rpm\t(none)\t4.16.1\t37.el9\tx86_64\tV\ndriver\t3\t580.126.09\t1.el9\tx86_64\tV\n)");
  PackageFacts facts;
  Diagnostics diagnostics;
  detect_installed(*host.view(), {}, {}, false, facts, diagnostics);
  CHECK(facts == PackageFacts{"dnf",
                              "x86_64",
                              {{"driver", "3:580.126.09-1.el9", "x86_64", "installed", false, true, "V", {}},
                               {"rpm", "4.16.1-37.el9", "x86_64", "installed", false, false, "V", {}}},
                              {},
                              {},
                              {}});
  CHECK(diagnostics.empty());
}

TEST_CASE("a database that shows no package, cannot be asked or is not there is never an empty host") {
  const auto told = [](const TreeHost& host) {
    PackageFacts facts;
    facts.manager = "dnf";
    Diagnostics diagnostics;
    detect_rpm_packages(*host.view(), facts, diagnostics);
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics.front().place == "package_facts.packages");
    return diagnostics.front().message;
  };
  TreeHost empty;
  empty.file("/usr/lib/sysimage/rpm/rpmdb.sqlite", "")
      .answer({"rpm", "--dbpath", "/usr/lib/sysimage/rpm", "-qa", "--qf", list_format}, 0, "");
  CHECK(told(empty) == "rpm finds no package in /usr/lib/sysimage/rpm, though its database is there");
  TreeHost broken;
  broken.file("/var/lib/rpm/Packages", "").answer(list_command, 1, "error: cannot open Packages");
  CHECK(told(broken) == "rpm ended with status 1: error: cannot open Packages");
  CHECK(told(TreeHost()) == "rpm's database is not there");
}

TEST_CASE("a file is unowned only if rpm says so") {
  const auto ask = [](const std::string& file) {
    return std::vector<std::string>{"rpm", "--dbpath", "/var/lib/rpm", "-qf", file};
  };
  TreeHost host;
  host.file("/var/lib/rpm/rpmdb.sqlite", "")
      .answer(ask("/usr/lib64/libcuda.so.1"), 0, R"(nvidia-driver-cuda-libs-580.126.09-1.el9.x86_64\n)")
      .answer(ask("/usr/bin/nvidia-uninstall"), 1, R"(file /usr/bin/nvidia-uninstall is not owned by any package\n)")
      .answer(ask("/usr/bin/gone"), 1, R"(error: file /usr/bin/gone: No such file or directory\n)");
  Diagnostics diagnostics;
  CHECK(unowned_files(*host.view(), {"/usr/lib64/libcuda.so.1", "/usr/bin/nvidia-uninstall", "/usr/bin/gone"},
                      "driver.runfile", diagnostics) == std::vector<std::string>{"/usr/bin/nvidia-uninstall"});
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics.front().place == "driver.runfile");
}
