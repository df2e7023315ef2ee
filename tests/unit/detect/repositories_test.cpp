#include "detect/repositories.hpp"

#include "support/catch.hpp"
#include "support/tree_host.hpp"

using namespace nvprov;
using nvprov::test::TreeHost;

TEST_CASE("apt reads only files with its endings and plain names") {
  CHECK(apt_reads_sources_file("debian.sources"));
  CHECK(apt_reads_sources_file("a_b-c.1.list"));
  CHECK(!apt_reads_sources_file("debian.sources.bak"));
  CHECK(!apt_reads_sources_file(".hidden.list"));
  CHECK(!apt_reads_sources_file("a b.list"));
  CHECK(apt_reads_preferences_file("pin"));
  CHECK(apt_reads_preferences_file("pin.pref"));
  CHECK(!apt_reads_preferences_file("pin.bak"));
}

TEST_CASE("repositories and pins come in the order apt reads them, foreign files left out") {
  TreeHost host;
  host.file("/etc/apt/sources.list", "deb http://mirror.example.org/debian bookworm main\n")
      .file("/etc/apt/sources.list.d/b.list", "deb http://b.example.org/x ./\n")
      .file("/etc/apt/sources.list.d/a.sources", "Types: deb\nURIs: http://a.example.org/y\nSuites: s\nComponents: c\n")
      .file("/etc/apt/sources.list.d/c.list.save", "deb http://c.example.org/z ./\n")
      .file("/etc/apt/preferences", "Package: *\nPin: origin a.example.org\nPin-Priority: 100\n")
      .file("/etc/apt/preferences.d/hold", "Package: x\nPin: version 1\nPin-Priority: 1001\n");
  Diagnostics diagnostics;
  PackageFacts packages;
  detect_repositories(*host.view(), packages, diagnostics);
  std::vector<std::string> files;
  for (const RepositoryEntry& entry : packages.repositories) files.push_back(entry.file + " " + entry.uris.at(0));
  CHECK(files == std::vector<std::string>{"/etc/apt/sources.list http://mirror.example.org/debian",
                                          "/etc/apt/sources.list.d/a.sources http://a.example.org/y",
                                          "/etc/apt/sources.list.d/b.list http://b.example.org/x"});
  CHECK(packages.pins == std::vector<PackagePin>{{"/etc/apt/preferences", 1, "*", "origin a.example.org", "100"},
                                                 {"/etc/apt/preferences.d/hold", 1, "x", "version 1", "1001"}});
  CHECK(diagnostics.empty());
}

TEST_CASE("a line that is no repository is told below the fact it belongs to") {
  TreeHost host;
  host.file("/etc/apt/sources.list", "deb http://mirror.example.org/debian bookworm main\nnonsense\n");
  Diagnostics diagnostics;
  PackageFacts packages;
  detect_repositories(*host.view(), packages, diagnostics);
  CHECK(packages.repositories.size() == 1);
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].file == "/etc/apt/sources.list");
  CHECK(diagnostics[0].place == "package_facts.repositories.line 2");
}

TEST_CASE("dnf's repositories and module streams are read where dnf is the package manager, and apt's files are not") {
  TreeHost host;
  host.file("/etc/apt/sources.list", "deb http://mirror.example.org/debian bookworm main\n")
      .file("/etc/yum.repos.d/a.repo", "[baseos]\nbaseurl=https://mirror.example.org/b\npassword=secret\n")
      .file("/etc/yum.repos.d/a.repo.rpmsave", "[old]\nbaseurl=https://mirror.example.org/o\n")
      .file("/etc/distro.repos.d/b.repo", "[extra]\nbaseurl=https://mirror.example.org/e\nenabled=0\n")
      .file("/etc/dnf/modules.d/nvidia-driver.module",
            "[nvidia-driver]\nname=nvidia-driver\nstream=580-open\nprofiles=\nstate=enabled\n");
  PackageFacts packages;
  packages.manager = "dnf";
  Diagnostics diagnostics;
  detect_repositories(*host.view(), packages, diagnostics);
  REQUIRE(packages.repositories.size() == 2);
  CHECK(packages.repositories[0].id == "baseos");
  CHECK(packages.repositories[1].id == "extra");
  CHECK(!packages.repositories[1].enabled);
  CHECK(packages.modules == std::vector<ModuleState>{{"nvidia-driver", "580-open", "enabled"}});
  CHECK(diagnostics.empty());
}
