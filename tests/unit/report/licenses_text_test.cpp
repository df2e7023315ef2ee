#include "report/licenses_text.hpp"
#include "report/result_json.hpp"
#include "support/catch.hpp"

namespace nvprov {
namespace {

const std::vector<LinkedComponent> two_libraries = {
    {.name = "libone", .version = "1.2", .spdx = "MIT", .text = "Do as you please.\n"},
    {.name = "two", .version = "10.0.1", .spdx = "Zlib", .text = "Say who wrote it.\nThat is all.\n"}};

}  // namespace

TEST_CASE("what is linked in is listed, then each licence in full", "[report]") {
  CHECK(licenses_text(two_libraries) ==
        "linked in:\n"
        "  libone  1.2     MIT\n"
        "  two     10.0.1  Zlib\n"
        "\n=== libone 1.2 (MIT)\n\nDo as you please.\n"
        "\n=== two 10.0.1 (Zlib)\n\nSay who wrote it.\nThat is all.\n");
}

TEST_CASE("what is linked in is one document in JSON", "[report]") {
  const Json one = JsonObject{{"name", "libone"}, {"version", "1.2"}, {"spdx", "MIT"}, {"text", "Do as you please.\n"}};
  const Json expected = JsonObject{{"schema", "nvprov.licenses/1"}, {"components", JsonArray{one}}};
  CHECK(licenses_to_json(std::span(two_libraries).first(1)) == expected);
}

}  // namespace nvprov
