#include "packages/apt.hpp"
#include "support/catch.hpp"

namespace nvprov {
namespace {

RepositoryEntry entry(int line, std::string format) {
  RepositoryEntry value;
  value.file = "sources";
  value.line = line;
  value.format = std::move(format);
  value.types = {"deb"};
  value.uris = {"http://mirror.example.org/debian"};
  value.suites = {"bookworm"};
  value.components = {"main"};
  return value;
}

const std::string key_block =
    "\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mDMEY865UxYJKwYBBAHaRw8BAQdAd7Z0srwuhlB6JKFkcf4HU4SSS/xcRfwEQWzr\n "
    "=QyCz\n"
    " -----END PGP PUBLIC KEY BLOCK-----";

}  // namespace

TEST_CASE("one-line entries keep their options, comments are no entries") {
  Diagnostics problems;
  const auto entries = parse_one_line_sources(
      "# a comment\n"
      "\n"
      "deb http://mirror.example.org/debian bookworm main # the rest of the line\n"
      "deb-src\t[ Arch=amd64,i386 signed-by=/etc/apt/keyrings/a#b.gpg ] http://mirror.example.org/debian bookworm main "
      "contrib\n"
      "deb [trusted=yes] file:/srv/packages ./\n"
      "deb cdrom:[Debian 12 _Bookworm_ - amd64]/ bookworm main\n",
      "sources", problems);
  CHECK(problems == Diagnostics{});

  RepositoryEntry plain = entry(3, "one-line");
  RepositoryEntry source = entry(4, "one-line");
  source.types = {"deb-src"};
  source.components = {"main", "contrib"};
  source.options = {{"arch", "amd64,i386"}, {"signed-by", "/etc/apt/keyrings/a#b.gpg"}};
  RepositoryEntry flat = entry(5, "one-line");
  flat.uris = {"file:/srv/packages"};
  flat.suites = {"./"};
  flat.components = {};
  flat.options = {{"trusted", "yes"}};
  RepositoryEntry disc = entry(6, "one-line");
  disc.uris = {"cdrom:[Debian 12 _Bookworm_ - amd64]/"};
  CHECK(entries == std::vector<RepositoryEntry>{plain, source, flat, disc});
}

TEST_CASE("each one-line entry that is none is told with its line") {
  Diagnostics problems;
  const auto entries = parse_one_line_sources(
      "dep http://mirror.example.org/debian bookworm main\n"
      "deb http://mirror.example.org/debian\n"
      "deb http://mirror.example.org/debian bookworm\n"
      "deb http://mirror.example.org/debian ./ main\n"
      "deb [arch=amd64 http://mirror.example.org/debian bookworm main\n"
      "deb [arch] http://mirror.example.org/debian bookworm main\n",
      "sources", problems);
  CHECK(entries.empty());
  CHECK(problems == Diagnostics{
                        {"sources", "line 1", "type dep is not known, only deb and deb-src", ""},
                        {"sources", "line 2", "an entry needs a URI and a suite", ""},
                        {"sources", "line 3", "an entry needs a component after its suite", ""},
                        {"sources", "line 4", "a suite that ends in a slash takes no components", ""},
                        {"sources", "line 5", "the options have no closing bracket", ""},
                        {"sources", "line 6", "option arch has no value", ""},
                    });
}

TEST_CASE("deb822 stanzas keep multi-line fields, embedded keys and whether they are enabled") {
  Diagnostics problems;
  const auto entries = parse_deb822_sources(
      "# head\n"
      "\n"
      "Types: deb deb-src\n"
      "URIs: http://mirror.example.org/debian\n"
      "# a comment inside\n"
      "Suites: bookworm\n"
      " bookworm-updates\n"
      "components: main\n"
      "Signed-By:\n"
      " -----BEGIN PGP PUBLIC KEY BLOCK-----\n"
      " .\n"
      " mDMEY865UxYJKwYBBAHaRw8BAQdAd7Z0srwuhlB6JKFkcf4HU4SSS/xcRfwEQWzr\n"
      " =QyCz\n"
      " -----END PGP PUBLIC KEY BLOCK-----\n"
      "\n"
      "Enabled: no\n"
      "Types: deb\n"
      "URIs: http://mirror.example.org/debian\n"
      "Suites: bookworm\n"
      "Components: main\n"
      "\n"
      "Types: deb\n"
      "URIs: http://mirror.example.org/flat\n"
      "Suites: /\n"
      "Architectures: amd64 arm64\n",
      "sources", problems);
  CHECK(problems == Diagnostics{});

  RepositoryEntry signed_entry = entry(3, "deb822");
  signed_entry.types = {"deb", "deb-src"};
  signed_entry.suites = {"bookworm", "bookworm-updates"};
  signed_entry.options = {{"signed-by", key_block}};
  RepositoryEntry disabled = entry(16, "deb822");
  disabled.enabled = false;
  RepositoryEntry flat = entry(22, "deb822");
  flat.uris = {"http://mirror.example.org/flat"};
  flat.suites = {"/"};
  flat.components = {};
  flat.options = {{"architectures", "amd64 arm64"}};
  CHECK(entries == std::vector<RepositoryEntry>{signed_entry, disabled, flat});
}

TEST_CASE("each deb822 stanza that is none is told with its line") {
  Diagnostics problems;
  const auto entries = parse_deb822_sources(
      " lonely\n"
      "nonsense\n"
      "\n"
      "Types: deb\n"
      "URIs: http://mirror.example.org/debian\n"
      "Suites: bookworm\n"
      "\n"
      "Types: deb\n"
      "Types: deb-src\n"
      "URIs: http://mirror.example.org/debian\n"
      "Components: main\n",
      "sources", problems);
  CHECK(entries.empty());
  CHECK(problems == Diagnostics{
                        {"sources", "line 1", "a continuation line without a field above it", ""},
                        {"sources", "line 2", "neither a field nor a comment", ""},
                        {"sources", "line 9", "field Types stands twice in one stanza", ""},
                        {"sources", "line 4", "the stanza has no field Components", ""},
                        {"sources", "line 8", "the stanza has no field Suites", ""},
                    });
}

TEST_CASE("a disabled stanza may be as incomplete as it likes") {
  Diagnostics problems;
  const auto entries = parse_deb822_sources("Types: deb\nEnabled: no\n", "sources", problems);
  CHECK(problems == Diagnostics{});
  REQUIRE(entries.size() == 1);
  CHECK(!entries[0].enabled);
}

TEST_CASE("entries come back from either format as they were") {
  RepositoryEntry keyed = entry(1, "deb822");
  keyed.types = {"deb", "deb-src"};
  keyed.suites = {"bookworm", "bookworm-updates"};
  keyed.options = {{"architectures", "amd64 arm64"}, {"signed-by", key_block}};
  RepositoryEntry disabled = entry(13, "deb822");
  disabled.enabled = false;
  const std::vector<RepositoryEntry> stanzas = {keyed, disabled};
  Diagnostics problems;
  CHECK(parse_deb822_sources(render_deb822_sources(stanzas), "sources", problems) == stanzas);

  RepositoryEntry line = entry(1, "one-line");
  line.options = {{"arch", "amd64,i386"}, {"signed-by", "/etc/apt/keyrings/archive.gpg"}};
  RepositoryEntry flat = entry(2, "one-line");
  flat.suites = {"./"};
  flat.components = {};
  const std::vector<RepositoryEntry> lines = {line, flat};
  CHECK(parse_one_line_sources(render_one_line_sources(lines), "sources", problems) == lines);
  CHECK(problems == Diagnostics{});
}

TEST_CASE("options change their name and separator with the format") {
  RepositoryEntry stanza = entry(1, "deb822");
  stanza.suites = {"bookworm", "bookworm-updates"};
  stanza.options = {{"architectures", "amd64 arm64"}, {"languages-remove", "de"}, {"signed-by", "/a.gpg\n /b.gpg"}};
  CHECK(render_one_line_sources({stanza}) ==
        "deb [arch=amd64,arm64 lang-=de signed-by=/a.gpg,/b.gpg] http://mirror.example.org/debian bookworm main\n"
        "deb [arch=amd64,arm64 lang-=de signed-by=/a.gpg,/b.gpg] http://mirror.example.org/debian bookworm-updates "
        "main\n");

  RepositoryEntry line = entry(1, "one-line");
  line.options = {{"arch", "amd64,arm64"}, {"lang-", "de"}, {"check-valid-until", "no"}};
  CHECK(render_deb822_sources({line}) ==
        "Types: deb\n"
        "URIs: http://mirror.example.org/debian\n"
        "Suites: bookworm\n"
        "Components: main\n"
        "Architectures: amd64 arm64\n"
        "Languages-Remove: de\n"
        "Check-Valid-Until: no\n");
}

TEST_CASE("a key block has no one-line form") {
  RepositoryEntry keyed = entry(1, "deb822");
  keyed.options = {{"signed-by", key_block}};
  CHECK(render_one_line_sources({keyed}).empty());
}

}  // namespace nvprov
