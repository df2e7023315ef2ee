#include "base/base64.hpp"

#include "support/catch.hpp"

using namespace nvprov;

TEST_CASE("base64 is that of RFC 4648") {
  CHECK(base64_encode("") == "");
  CHECK(base64_encode("f") == "Zg==");
  CHECK(base64_encode("fo") == "Zm8=");
  CHECK(base64_encode("foo") == "Zm9v");
  CHECK(base64_encode("foobar") == "Zm9vYmFy");
}

TEST_CASE("any bytes come back from base64") {
  std::string bytes;
  for (int size = 0; size < 300; ++size) {
    CAPTURE(size);
    CHECK(base64_decode(base64_encode(bytes)) == bytes);
    bytes.push_back(static_cast<char>(size));
  }
}

TEST_CASE("what is not base64 is refused") {
  for (const char* text : {"Z", "Zg=", "Zg", "Zg==\n", "Z g=", "Zh==", "====", "    ", "Zm9v!!!!", "Zg==Zg=="}) {
    CAPTURE(text);
    CHECK(base64_decode(text) == std::nullopt);
  }
}
