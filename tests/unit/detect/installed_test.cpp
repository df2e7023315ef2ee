#include "detect/installed.hpp"

#include <chrono>

#include "detect/dpkg_status.hpp"
#include "detect/origins.hpp"
#include "support/catch.hpp"
#include "support/tree_host.hpp"

using namespace nvprov;
using nvprov::test::TreeHost;

namespace {

std::string stanza(const std::string& name, const std::string& version, const std::string& status,
                   const std::string& architecture = "amd64") {
  return "Package: " + name + "\nStatus: " + status + "\nArchitecture: " + architecture + "\nVersion: " + version +
         "\nDescription: words\n Package: not a field\n .\n more\n\n";
}

Catalog catalog_naming(const std::string& package) {
  PackageSource source;
  source.package_sets = {{.id = "set",
                          .module = {},
                          .components = {{"compute", {package}, "proprietary"}},
                          .modules = {},
                          .driver_versioned = {}}};
  Distro distro;
  distro.package_sources = {source};
  Catalog catalog;
  catalog.distros = {distro};
  return catalog;
}

}  // namespace

TEST_CASE("dpkg's status tells name, version, state and hold of every package on the disk") {
  Diagnostics problems;
  const auto packages = parse_dpkg_status(
      stanza("one", "1:2.0-1", "install ok installed") + stanza("two", "2", "hold ok installed", "all") +
          stanza("three", "3", "deinstall ok config-files") + stanza("four", "4", "install reinstreq half-installed") +
          "Package: last\nStatus: install ok half-configured\nArchitecture: i386\nVersion: 5",
      problems);
  CHECK(packages == std::vector<InstalledPackage>{{"one", "1:2.0-1", "amd64", "installed", false, false, {}, {}},
                                                  {"two", "2", "all", "installed", false, true, {}, {}},
                                                  {"four", "4", "amd64", "half-installed", false, false, {}, {}},
                                                  {"last", "5", "i386", "half-configured", false, false, {}, {}}});
  CHECK(problems.empty());
}

TEST_CASE("a damaged status file is told with the line, the rest is read") {
  Diagnostics problems;
  const auto packages = parse_dpkg_status(
      "Package: one\nStatus: installed\n\nVersion: 2\n\nwhat\n\n" + stanza("two", "2", "install ok installed"),
      problems);
  CHECK(packages.size() == 1);
  const std::string file = "/var/lib/dpkg/status";
  CHECK(problems == Diagnostics{{file, "line 2", "the status `installed` is not three words", ""},
                                {file, "line 3", "the package ending here has no name or no status", ""},
                                {file, "line 5", "the package ending here has no name or no status", ""},
                                {file, "line 6", "neither a field nor its continuation", ""},
                                {file, "line 7", "the package ending here has no name or no status", ""}});
}

TEST_CASE("two thousand packages are read in a few milliseconds") {
  std::string status;
  for (int i = 0; i < 2000; ++i)
    status +=
        stanza("package-" + std::to_string(i), "1.0", "install ok installed") + " " + std::string(700, 'x') + "\n";
  const auto before = std::chrono::steady_clock::now();
  Diagnostics problems;
  CHECK(parse_dpkg_status(status, problems).size() == 2000);
  // Generous, for sanitizers and busy machines: what must not come back is something quadratic.
  CHECK(std::chrono::steady_clock::now() - before < std::chrono::milliseconds(400));
}

TEST_CASE("auto marks go by name and architecture, those of `all` by the native one") {
  Diagnostics problems;
  CHECK(parse_extended_states("Package: one\nArchitecture: amd64\nAuto-Installed: 1\n\n"
                              "Package: two\nArchitecture: amd64\nAuto-Installed: 0\n",
                              problems) == std::unordered_set<std::string>{"one:amd64"});
  TreeHost host;
  host.file("/usr/bin/apt-get", "")
      .file("/var/lib/dpkg/status", stanza("dpkg", "1", "install ok installed") +
                                        stanza("docs", "1", "install ok installed", "all") +
                                        stanza("docs", "1", "install ok installed", "i386"))
      .file("/var/lib/apt/extended_states", "Package: docs\nArchitecture: amd64\nAuto-Installed: 1\n");
  PackageFacts facts;
  detect_installed(*host.view(), {}, {}, false, facts, problems);
  CHECK(facts == PackageFacts{"apt",
                              "amd64",
                              {{"docs", "1", "all", "installed", true, false, {}, {}},
                               {"docs", "1", "i386", "installed", false, false, {}, {}},
                               {"dpkg", "1", "amd64", "installed", false, false, {}, {}}},
                              {},
                              {},
                              {}});
  CHECK(problems.empty());
}

TEST_CASE("each index belongs to the release whose name it begins with; compressed ones are told") {
  Diagnostics problems;
  const auto indexes =
      package_indexes({"m_dists_bookworm-updates_InRelease", "m_dists_bookworm-updates_main_binary-amd64_Packages",
                       "m_dists_bookworm_Release", "m_dists_bookworm_contrib_binary-amd64_Packages.lz4",
                       "m_dists_bookworm_main_binary-amd64_Packages", "n_A_InRelease", "n_A_Packages", "n_InRelease",
                       "o_flat_Packages", "lock", "partial"},
                      problems);
  CHECK(indexes ==
        std::vector<PackageIndex>{{"m_dists_bookworm-updates_main_binary-amd64_Packages", "m_dists_bookworm-updates"},
                                  {"m_dists_bookworm_main_binary-amd64_Packages", "m_dists_bookworm"},
                                  {"n_A_Packages", "n_A"},
                                  {"o_flat_Packages", ""}});
  CHECK(problems.size() == 1);
}

TEST_CASE("a package's origin is that of the repository that offers its very version") {
  const std::string lists = "/var/lib/apt/lists/";
  TreeHost host;
  host.file("/usr/bin/apt-get", "")
      .file("/var/lib/dpkg/status",
            stanza("libcuda1", "535.1-1", "install ok installed") + stanza("other", "1", "install ok installed"))
      .file(lists + "a_dists_x_InRelease",
            "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nOrigin: First\nSuite: x\n")
      .file(lists + "a_dists_x_main_binary-amd64_Packages",
            "Package: libcuda1\nVersion: 535.2-1\n\nPackage: other\nVersion: 1\n")
      .file(lists + "b_dists_x_Release", "Origin: Second Vendor\n")
      .file(
          lists + "b_dists_x_main_binary-amd64_Packages",
          "Package: libcuda\nVersion: 535.1-1\n\nPackage: libcuda1\nArchitecture: amd64\nVersion: 535.1-1\nSize: 1\n");
  const Catalog catalog = catalog_naming("libcuda1");
  CHECK(catalog_package_names(catalog) == std::unordered_set<std::string>{"libcuda1"});
  Diagnostics diagnostics;
  PackageFacts facts;
  detect_installed(*host.view(), catalog, {}, false, facts, diagnostics);
  CHECK(facts.packages == std::vector<InstalledPackage>{
                              {"libcuda1", "535.1-1", "amd64", "installed", false, false, "Second Vendor", "b_dists_x"},
                              {"other", "1", "amd64", "installed", false, false, {}, {}}});
  facts = PackageFacts{};
  detect_installed(*host.view(), catalog, {}, true, facts, diagnostics);
  CHECK(facts.packages[1].origin == "First");
  CHECK(diagnostics.empty());
}

TEST_CASE(
    "no index is opened when no package of the catalog is installed, and a needed one that is compressed is told") {
  const std::string index = "/var/lib/apt/lists/a_dists_x_main_binary-amd64_Packages";
  TreeHost host;
  host.file("/usr/bin/apt-get", "")
      .file("/var/lib/dpkg/status", stanza("other", "1", "install ok installed"))
      .file(index, "")
      .unreadable("/var/lib/apt/lists/", "list");
  Diagnostics diagnostics;
  PackageFacts facts;
  detect_installed(*host.view(), catalog_naming("libcuda1"), {}, false, facts, diagnostics);
  CHECK(diagnostics.empty());

  TreeHost compressed;
  compressed.file("/usr/bin/apt-get", "")
      .file("/var/lib/dpkg/status", stanza("libcuda1", "1", "install ok installed"))
      .file(index + ".lz4", "");
  detect_installed(*compressed.view(), catalog_naming("libcuda1"), {}, false, facts, diagnostics);
  CHECK(diagnostics ==
        Diagnostics{{"", "installed.origin", "apt keeps its package indexes compressed on this host", ""}});
}
