#include "base/text.hpp"
#include "support/catch.hpp"

using namespace nvprov;

TEST_CASE("names and passwords in URLs are masked, the rest stays") {
  CHECK(mask_credentials("deb https://user:p%40ss@mirror.example.org/debian x") ==
        "deb https://***@mirror.example.org/debian x");
  CHECK(mask_credentials("http://token@a.example.org, http://b.example.org/x@y") ==
        "http://***@a.example.org, http://b.example.org/x@y");
  CHECK(mask_credentials("http://u:p@ss@host") == "http://***@host");
  CHECK(mask_credentials("user@host without a URL ://") == "user@host without a URL ://");
}
