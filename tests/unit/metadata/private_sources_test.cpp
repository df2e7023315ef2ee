#include "metadata/private_sources.hpp"

#include "packages/apt.hpp"
#include "support/catch.hpp"
#include "support/temp_folder.hpp"

namespace nvprov {
namespace {

std::vector<RepositoryEntry> one_line(const std::string& text, const std::string& file = "/etc/apt/sources.list") {
  Diagnostics problems;
  auto entries = parse_one_line_sources(text, file, problems);
  REQUIRE(problems.empty());
  return entries;
}

std::string rendered(const Result<PrivateSources>& sources) {
  REQUIRE(sources);
  return render_one_line_sources(sources->entries);
}

}  // namespace

TEST_CASE("the private apt reads binary packages of the enabled entries and of what a plan adds") {
  ConsultedRepositories repositories;
  repositories.entries = one_line(
      "deb [signed-by=/k.gpg] http://mirror.example.org/debian bookworm main\n"
      "deb-src http://mirror.example.org/debian bookworm main\n");
  Diagnostics problems;
  for (const auto& entry : parse_deb822_sources("Enabled: no\nTypes: deb\nURIs: http://off.example.org\nSuites: x/\n",
                                                "/etc/apt/sources.list.d/off.sources", problems))
    repositories.entries.push_back(entry);
  repositories.added = {{"/etc/apt/sources.list.d/nvprov-distro.list",
                         "# a comment\ndeb http://mirror.example.org/debian bookworm contrib\n", "", false}};
  CHECK(rendered(private_sources(repositories, "/", "/keys")) ==
        "deb [signed-by=/k.gpg] http://mirror.example.org/debian bookworm main\n"
        "deb http://mirror.example.org/debian bookworm contrib\n");
}

TEST_CASE("a file the plan writes anew replaces the entries it had") {
  const std::string file = "/etc/apt/sources.list.d/nvprov-distro.list";
  ConsultedRepositories repositories;
  repositories.entries = one_line("deb http://old.example.org/debian bookworm contrib\n", file);
  repositories.added = {{file, "deb http://new.example.org/debian bookworm contrib\n", "", false}};
  CHECK(rendered(private_sources(repositories, "/", "/keys")) ==
        "deb http://new.example.org/debian bookworm contrib\n");
}

TEST_CASE("a file apt would not understand is an error, not a missing repository") {
  ConsultedRepositories repositories;
  repositories.added = {{"/etc/apt/sources.list.d/nvprov-distro.list", "dep nonsense\n", "", false}};
  CHECK(!private_sources(repositories, "/", "/keys"));
}

TEST_CASE("files and keys of a disk in a folder are those of the disk") {
  const test::TempFolder folder;
  folder.link("/srv/real", "srv/linked");
  folder.write("srv/real/file", "");
  ConsultedRepositories repositories;
  repositories.entries = one_line(
      "deb [signed-by=/usr/share/keyrings/a.gpg,/usr/share/keyrings/b.gpg] file:///srv/linked/ ./\n"
      "deb [signed-by=0123456789012345678901234567890123456789] mirror+file:/etc/mirrors bookworm main\n"
      "deb http://mirror.example.org/debian bookworm main\n");
  const auto sources = private_sources(repositories, folder.path(), "/keys");
  CHECK(rendered(sources) ==
        "deb [signed-by=/keys/usr_share_keyrings_a.gpg,/keys/usr_share_keyrings_b.gpg] file:" + folder.path() +
            "/srv/real/ ./\n"
            "deb [signed-by=0123456789012345678901234567890123456789] mirror+file:" +
            folder.path() +
            "/etc/mirrors bookworm main\n"
            "deb http://mirror.example.org/debian bookworm main\n");
  CHECK(sources->keys == std::vector<KeyCopy>{{"/usr/share/keyrings/a.gpg", "usr_share_keyrings_a.gpg"},
                                              {"/usr/share/keyrings/b.gpg", "usr_share_keyrings_b.gpg"}});
}

}  // namespace nvprov
