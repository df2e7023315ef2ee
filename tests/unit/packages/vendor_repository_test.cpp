#include "packages/vendor_repository.hpp"

#include "support/catch.hpp"

namespace nvprov {
namespace {

RepositoryEntry entry_of(const std::string& file, int line, const std::string& uri) {
  RepositoryEntry entry;
  entry.file = file;
  entry.line = line;
  entry.format = "one-line";
  entry.types = {"deb"};
  entry.uris = {uri};
  return entry;
}

}  // namespace

TEST_CASE("entries of retired repositories are told from the one that took their place") {
  VendorRepository repository;
  repository.url = "https://vendor.test/stable/deb/amd64/";
  repository.original_url = repository.url;
  PackageFacts packages;
  packages.architecture = "amd64";
  packages.repositories = {entry_of("/a.list", 1, "https://vendor.test/stable/ubuntu18.04/$(ARCH)"),
                           entry_of("/a.list", 2, "https://vendor.test/stable/deb/$(ARCH)"),
                           entry_of("/b.list", 1, "https://vendor.test/experimental/deb/amd64"),
                           entry_of("/b.list", 2, "https://vendor.test/docker/debian11/amd64")};
  packages.repositories[3].enabled = false;
  const auto found =
      retired_entries(repository, {"https://vendor.test/stable/", "https://vendor.test/docker/"}, packages);
  REQUIRE(found.size() == 1);
  CHECK(found.front().entry == &packages.repositories.front());
  CHECK_FALSE(found.front().objection.empty());
}

TEST_CASE("one removal may take several entries out of a file") {
  const RemoveRepository removal{
      .path = "/a.list", .line = 1, .content = "# deb one\ndeb two\n # deb three\n", .backup = {}, .reason = {}};
  CHECK(is_taken_out(entry_of("/a.list", 1, ""), removal));
  CHECK_FALSE(is_taken_out(entry_of("/a.list", 2, ""), removal));
  CHECK(is_taken_out(entry_of("/a.list", 3, ""), removal));
  CHECK_FALSE(is_taken_out(entry_of("/a.list", 4, ""), removal));
  CHECK_FALSE(is_taken_out(entry_of("/b.list", 1, ""), removal));
}

}  // namespace nvprov
