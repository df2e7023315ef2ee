#include "base/display_width.hpp"

#include "support/catch.hpp"

using namespace nvprov;

TEST_CASE("Chinese characters and marks are two columns wide, others one") {
  CHECK(display_width("") == 0);
  CHECK(display_width("libcuda1") == 8);
  CHECK(display_width("驱动") == 4);
  CHECK(display_width("，。（）") == 8);
  CHECK(display_width("é") == 1);
  CHECK(display_width("CUDA 工具包") == 11);
}

TEST_CASE("bytes that are no UTF-8 stand for themselves") {
  CHECK(first_character("\xff") == Utf8Character{0xff, 1});
  CHECK(first_character("\xe9\xa9") == Utf8Character{0xe9, 1});
  CHECK(first_character("\xe9\x41\x42") == Utf8Character{0xe9, 1});
  CHECK(first_character("驱") == Utf8Character{0x9a71, 3});
  CHECK(first_character("\xf0\x9f\x98\x80") == Utf8Character{0x1f600, 4});
}
