#include "metadata/dnf_sources.hpp"

#include "base/text.hpp"
#include "support/catch.hpp"

namespace nvprov {
namespace {

RepositoryEntry entry(const std::string& id, bool enabled, const std::string& url) {
  RepositoryEntry made;
  made.file = "/etc/yum.repos.d/" + id + ".repo";
  made.line = 1;
  made.format = "repo";
  made.id = id;
  made.enabled = enabled;
  made.uris = {url};
  made.options = {{"baseurl", url}, {"enabled", enabled ? "1" : "0"}};
  return made;
}

TEST_CASE("the private dnf reads the enabled repositories, as their files have them") {
  ConsultedRepositories repositories;
  repositories.entries = {entry("base", true, "https://a.test/"), entry("off", false, "https://b.test/")};
  const auto sources = dnf_sources(repositories, {"[base]\nbaseurl=https://a.test/\npassword=secret\n", ""}, "/copies");
  CHECK(sources.repositories == "[base]\nbaseurl=https://a.test/\npassword=secret\nenabled=1\n\n");
  CHECK(sources.copies.empty());
}

TEST_CASE("what the plan switches on counts, what it moves aside does not") {
  ConsultedRepositories repositories;
  repositories.entries = {entry("crb", false, "https://b.test/"), entry("old", true, "https://c.test/")};
  repositories.removed = {{.path = "/etc/yum.repos.d/old.repo", .line = 1, .content = "# [old]\n", .backup = {}, .reason = {}}};
  repositories.enabled = {{.path = "/etc/yum.repos.d/crb.repo",
                           .id = "crb",
                           .content = "[crb]\nbaseurl=https://b.test/\nenabled=1\n",
                           .purpose = {}}};
  const auto sources = dnf_sources(repositories, {"", ""}, "/copies");
  CHECK(sources.repositories == "[crb]\nbaseurl=https://b.test/\nenabled=0\nenabled=1\n\n");
}

TEST_CASE("keys and certificates of the plan are named where their copies lie, and streams hide nothing of a source") {
  ConsultedRepositories repositories;
  repositories.added = {
      {.path = "/etc/yum.repos.d/nvprov-x.repo",
       .content = "[x]\nbaseurl=https://x.test/r\ngpgkey=file:///etc/pki/KEY\nsslcacert=/etc/ca.pem\n",
       .purpose = {}}};
  repositories.keys = {{.path = "/etc/pki/KEY", .content = "key", .fingerprints = {}, .origin = {}, .purpose = {}}};
  repositories.files = {{.path = "/etc/ca.pem", .content = "ca", .mode = 0644, .purpose = {}}};
  repositories.unfiltered = {"https://x.test/r/"};
  const auto sources = dnf_sources(repositories, {}, "/copies");
  REQUIRE(sources.copies.size() == 2);
  CHECK(sources.copies[0].content == "key");
  CHECK(contains(sources.repositories, "gpgkey=file:///copies/" + sources.copies[0].name));
  CHECK(contains(sources.repositories, "sslcacert=/copies/" + sources.copies[1].name));
  CHECK(contains(sources.repositories, "module_hotfixes=1\nskip_if_unavailable=0\n"));
}

TEST_CASE("a section ends where the next begins") {
  CHECK(section_at("# top\n[a]\nx=1\n\n[b]\ny=2\n", 2) == "[a]\nx=1\n\n");
  CHECK(section_at("# top\n", 1).empty());
}

TEST_CASE("of dnf's own settings only those of the network and of what counts are kept") {
  const auto kept = kept_dnf_settings(
      "[main]\nproxy=http://p.test:3128\ncachedir=/var/cache/dnf\nsslverify=0\nexcludepkgs=a\n  b\npluginpath=/x\n"
      "[other]\nproxy=http://q.test\n");
  CHECK(kept == std::vector<std::string>{"proxy=http://p.test:3128", "excludepkgs=a", "  b"});
}

}  // namespace
}  // namespace nvprov
