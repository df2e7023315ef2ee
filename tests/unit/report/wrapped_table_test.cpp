#include "report/wrapped_table.hpp"

#include "report/layout.hpp"
#include "support/catch.hpp"

using namespace nvprov;

TEST_CASE("a table that fits is only aligned") {
  CHECK(wrapped_table({{"a", "bb"}, {"cc", "d"}}, 40, "  ") == "  a   bb\n  cc  d\n");
  CHECK(wrapped_table({}, 40, "  ").empty());
}

TEST_CASE("Chinese cells are aligned by the columns they take") {
  CHECK(wrapped_table({{"驱动", "x"}, {"abc", "y"}}, 40, "") == "驱动  x\nabc   y\n");
}

TEST_CASE("long cells are wrapped in their own column") {
  CHECK(wrapped_table({{"one two three four five six seven eight", "nine ten eleven twelve thirteen fourteen"}}, 64,
                      "") ==
        "one two three four five six seven  nine ten eleven twelve\n"
        "eight                              thirteen fourteen\n");
}

TEST_CASE("a word wider than its column is not broken") {
  CHECK(wrapped_table({{"x", "a-word-that-is-wider-than-the-terminal-is"}}, 20, "") ==
        "x  a-word-that-is-wider-than-the-terminal-is\n");
}

TEST_CASE("Chinese is wrapped between characters, but not before a mark and not inside backticks") {
  CHECK(wrap("驱动程序，以及", 8, "") == "驱动程\n序，以及\n");
  CHECK(wrap("用 `nvprov plan` 安装", 12, "") == "用\n`nvprov plan`\n安装\n");
  CHECK(wrap("（驱动）", 4, "") == "（驱\n动）\n");
}
