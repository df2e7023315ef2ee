#include "bundle/mirror_path.hpp"

#include "model/bundle.hpp"
#include "support/catch.hpp"

namespace nvprov {

TEST_CASE("an address has its place below that of the address above it") {
  CHECK(mirror_path("https://example.org/debian/") == "mirror/https/example.org/debian");
  CHECK(mirror_path("https://Example.org:8443/debian/dists/bookworm/InRelease") ==
        "mirror/https/example.org_8443/debian/dists/bookworm/InRelease");
  CHECK(mirror_path("http://user:secret@example.org/a") == "mirror/http/example.org/a");
  CHECK(mirror_path("file:///srv/packages/./Packages") == std::nullopt);
  CHECK(mirror_path("file:/srv//packages/Packages") == "mirror/file/srv/packages/Packages");
  CHECK(mirror_path("https://example.org/metalink?repo=epel-9&arch=x86_64") ==
        "mirror/https/example.org/metalink%3Frepo=epel-9%26arch=x86_64");
  CHECK(mirror_path("https://example.org/a/b_1:2.3~4-5+6_all.deb") ==
        "mirror/https/example.org/a/b_1%3A2.3~4-5+6_all.deb");
}

TEST_CASE("an address that leads out of its place has none") {
  CHECK(!mirror_path("https://example.org/../../etc/passwd"));
  CHECK(!mirror_path("https://../etc/passwd"));
  CHECK(!mirror_path("file:/../etc/passwd"));
  CHECK(!mirror_path("ftp://example.org/a"));
  CHECK(!mirror_path("example.org/a"));
  CHECK(!mirror_path(""));
}

TEST_CASE("an address without its credentials is the same address") {
  CHECK(without_credentials("https://a:b@example.org/x@y") == "https://example.org/x@y");
  CHECK(without_credentials("https://example.org/x@y") == "https://example.org/x@y");
  CHECK(without_credentials("file:/srv/a@b") == "file:/srv/a@b");
}

TEST_CASE("only a path that stays below its folder is one of a member") {
  for (const char* path : {"a", "a/b.c", "a/..b", "...", "a b"}) CHECK(is_safe_member_path(path));
  for (const char* path : {"", "/a", "a/", "a//b", ".", "./a", "..", "a/../b", "../a"})
    CHECK(!is_safe_member_path(path));
  CHECK(!is_safe_member_path(std::string("a\0b", 3)));
  CHECK(!is_safe_member_path(std::string(5000, 'a')));
}

}  // namespace nvprov
