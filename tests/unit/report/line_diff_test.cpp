#include "report/line_diff.hpp"

#include "support/catch.hpp"

namespace nvprov {
namespace {

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a diff shows what goes and what comes, with lines around it") {
  CHECK(line_diff("a\nb\nc\nd\ne\nf\n", "a\nb\nc\nD\nE\ne\nf\n", 1) == Lines{" c", "-d", "+D", "+E", " e"});
  CHECK(line_diff("a\nb\nc\nd\ne\n", "A\nb\nc\nd\nE\n", 1) == Lines{"-a", "+A", " b", "...", " d", "-e", "+E"});
  CHECK(line_diff("", "a\nb\n", 3) == Lines{"+a", "+b"});
  CHECK(line_diff("a\nb\n", "", 3) == Lines{"-a", "-b"});
  CHECK(line_diff("a\n\n", "a\n\n", 3).empty());
}

TEST_CASE("a diff keeps lines that occur more than once in their places") {
  CHECK(line_diff("}\n}\n}\n", "}\n}\n+\n}\n", 3) == Lines{" }", " }", "++", " }"});
}

}  // namespace nvprov
