#include "packages/apt.hpp"
#include "support/catch.hpp"

namespace nvprov {
namespace {

Distro distro() {
  Distro value;
  value.codename = "bookworm";
  return value;
}

PackageSource source() {
  PackageSource value;
  value.id = "distro";
  value.title = "the distribution's own archive";
  value.origins = {"Debian"};
  value.suites = {"{codename}", "{codename}-updates", "{codename}-security"};
  value.components = {"contrib", "non-free"};
  return value;
}

PackageFacts host_with(std::string_view one_line, std::string_view deb822 = {}) {
  PackageFacts facts;
  Diagnostics problems;
  facts.repositories = parse_one_line_sources(one_line, "/etc/apt/sources.list", problems);
  for (auto& entry : parse_deb822_sources(deb822, "/etc/apt/sources.list.d/debian.sources", problems))
    facts.repositories.push_back(std::move(entry));
  REQUIRE(problems.empty());
  return facts;
}

void add_our_file(PackageFacts& facts, const AddRepository& file) {
  Diagnostics problems;
  const bool deb822 = file.path.ends_with(".sources");
  const auto entries = deb822 ? parse_deb822_sources(file.content, file.path, problems)
                              : parse_one_line_sources(file.content, file.path, problems);
  REQUIRE(problems.empty());
  facts.repositories.insert(facts.repositories.end(), entries.begin(), entries.end());
}

InstalledPackage installed(std::string name, std::string origin, std::string site) {
  InstalledPackage package;
  package.name = std::move(name);
  package.origin = std::move(origin);
  package.site = std::move(site);
  return package;
}

const std::string written_head =
    "# Written by nvprov: contrib non-free of the distribution's own archive,\n"
    "# from the mirrors this host already uses. To take it back, delete this file.\n";

std::optional<AddRepository> added(std::string path, std::string content) {
  return AddRepository{std::move(path), std::move(content), "contrib non-free of the distribution's own archive",
                       false};
}

}  // namespace

TEST_CASE("a host with one-line sources gets the missing components beside its own mirrors") {
  const PackageFacts facts = host_with(
      "deb http://mirror.example.org/debian/ bookworm main\n"
      "deb-src http://mirror.example.org/debian/ bookworm main\n"
      "deb [arch=amd64 signed-by=/usr/share/keyrings/archive.gpg] http://user:secret@security.example.org/debian "
      "bookworm-security main\n");
  CHECK(component_repository(facts, distro(), source()) ==
        added("/etc/apt/sources.list.d/nvprov-distro.list",
              written_head + "deb http://mirror.example.org/debian/ bookworm contrib non-free\n"
                     "deb [arch=amd64 signed-by=/usr/share/keyrings/archive.gpg] "
                     "http://user:secret@security.example.org/debian bookworm-security contrib non-free\n"));
  CHECK(enabled_suites(facts, distro(), source()) == std::vector<std::string>{"bookworm", "bookworm-security"});
}

TEST_CASE("a host with deb822 sources gets stanzas with the same options, embedded key included") {
  const PackageFacts facts = host_with("",
                                       "Types: deb deb-src\n"
                                       "URIs: http://mirror.example.org/debian\n"
                                       "Suites: bookworm bookworm-updates\n"
                                       "Components: main\n"
                                       "X-Repolib-Name: Base\n"
                                       "Signed-By:\n"
                                       " -----BEGIN PGP PUBLIC KEY BLOCK-----\n"
                                       " .\n"
                                       " mDMEY865\n"
                                       " -----END PGP PUBLIC KEY BLOCK-----\n");
  CHECK(component_repository(facts, distro(), source()) ==
        added("/etc/apt/sources.list.d/nvprov-distro.sources", written_head + "Types: deb\n"
                                                                      "URIs: http://mirror.example.org/debian\n"
                                                                      "Suites: bookworm bookworm-updates\n"
                                                                      "Components: contrib non-free\n"
                                                                      "Signed-By:\n"
                                                                      " -----BEGIN PGP PUBLIC KEY BLOCK-----\n"
                                                                      " .\n"
                                                                      " mDMEY865\n"
                                                                      " -----END PGP PUBLIC KEY BLOCK-----\n"));
}

TEST_CASE("only components no entry has for that mirror and suite are added") {
  const PackageFacts facts = host_with(
      "deb http://mirror.example.org/debian bookworm main\n"
      "deb http://mirror.example.org/debian/ bookworm contrib\n"
      "deb http://mirror.example.org/debian bookworm-updates main contrib non-free\n");
  const auto file = component_repository(facts, distro(), source());
  REQUIRE(file);
  CHECK(file->purpose == "non-free of the distribution's own archive");
  CHECK(file->content.ends_with("\ndeb http://mirror.example.org/debian bookworm non-free\n"));
}

TEST_CASE("nothing is missing where the host has all components, or no mirror of the release") {
  CHECK(component_repository(host_with("deb http://mirror.example.org/debian bookworm main contrib non-free\n"),
                             distro(), source()) == std::nullopt);
  CHECK(component_repository(host_with("deb http://mirror.example.org/debian trixie main\n"
                                       "deb http://vendor.example.org/linux bookworm stable\n"
                                       "deb-src http://mirror.example.org/debian bookworm main\n"
                                       "deb http://flat.example.org/debian bookworm/\n"),
                             distro(), source()) == std::nullopt);
  CHECK(component_repository(host_with("",
                                       "Enabled: no\nTypes: deb\nURIs: http://mirror.example.org/debian\n"
                                       "Suites: bookworm\nComponents: main\n"),
                             distro(), source()) == std::nullopt);
}

TEST_CASE("our own file is written once, and whole when the host's mirrors changed") {
  PackageFacts facts = host_with("deb http://mirror.example.org/debian bookworm main\n");
  const auto file = component_repository(facts, distro(), source());
  REQUIRE(file);
  add_our_file(facts, *file);
  CHECK(component_repository(facts, distro(), source()) == std::nullopt);

  PackageFacts later = host_with(
      "deb http://mirror.example.org/debian bookworm main\n"
      "deb http://security.example.org/debian bookworm-security main\n");
  const auto whole = component_repository(later, distro(), source());
  add_our_file(later, *file);
  CHECK(component_repository(later, distro(), source()) == whole);
}

TEST_CASE("our own file keeps its format when the host changes to the other") {
  PackageFacts facts = host_with("deb http://mirror.example.org/debian bookworm main\n");
  const auto list = component_repository(facts, distro(), source());
  REQUIRE(list);
  PackageFacts modern = host_with("",
                                  "Types: deb\nURIs: http://mirror.example.org/debian\n"
                                  "Suites: bookworm bookworm-updates\nComponents: main\n");
  add_our_file(modern, *list);
  const auto again = component_repository(modern, distro(), source());
  REQUIRE(again);
  CHECK(again->path == list->path);
}

TEST_CASE("a vendor that uses the distribution's suite and component names is left alone") {
  PackageFacts facts = host_with(
      "deb http://mirror.example.org/debian bookworm main\n"
      "deb https://vendor.example.org/debian/12/prod bookworm main\n");
  const std::string mirror_only = written_head + "deb http://mirror.example.org/debian bookworm contrib non-free\n";

  SECTION("an installed package shows which mirror is the distribution's") {
    facts.packages = {installed("base-files", "Debian", "mirror.example.org_debian_dists_bookworm")};
    CHECK(component_repository(facts, distro(), source()) ==
          added("/etc/apt/sources.list.d/nvprov-distro.list", mirror_only));
  }
  SECTION("an installed package shows which one is not") {
    facts.packages = {installed("vendor-tool", "vendor", "vendor.example.org")};
    CHECK(component_repository(facts, distro(), source()) ==
          added("/etc/apt/sources.list.d/nvprov-distro.list", mirror_only));
  }
}

}  // namespace nvprov
