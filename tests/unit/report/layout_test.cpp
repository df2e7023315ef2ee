#include "report/layout.hpp"

#include "base/dockerfile_quote.hpp"
#include "base/shell_quote.hpp"
#include "support/catch.hpp"

using namespace nvprov;

TEST_CASE("a sentence is broken between words, under its first line") {
  CHECK(wrap("one two three", 11, "  - ") == "  - one two\n    three\n");
  CHECK(wrap("averyveryverylongword x", 8, "- ") == "- averyveryverylongword\n  x\n");
  CHECK(wrap("", 20, "  label  ") == "  label\n");
}

TEST_CASE("a command in backticks is never broken") {
  CHECK(wrap("type `nvprov plan --cuda 12.4` now", 12, "") == "type\n`nvprov plan --cuda 12.4`\nnow\n");
}

TEST_CASE("items are broken between each other only") {
  CHECK(wrap_items({"a 1", "b 2", "c 3"}, 10, "  ") == "  a 1,\n  b 2, c 3\n");
}

TEST_CASE("columns are aligned, flush right where asked, without blanks at line ends") {
  CHECK(table({{"name", "size", "note"}, {"a", "12 MB", ""}}, "  ", {1}) == "  name   size  note\n  a     12 MB\n");
}

TEST_CASE("labelled lines share a column, and empty ones are left out") {
  CHECK(labelled({{"a", "one"}, {"long", "two three"}, {"gone", ""}}, 14) ==
        "  a     one\n  long  two\n        three\n");
}

TEST_CASE("file content is indented line by line") { CHECK(indent("a\n\nb\n", "  | ") == "  | a\n  |\n  | b\n"); }

TEST_CASE("words a shell would read otherwise are quoted") {
  CHECK(shell_quote("libcuda1=535.309.01-0+deb12u1") == "libcuda1=535.309.01-0+deb12u1");
  CHECK(shell_quote("") == "''");
  CHECK(shell_quote("it's $HOME") == "'it'\\''s $HOME'");
  CHECK(shell_quote("~root") == "'~root'");
  CHECK(shell_quote("a=~root") == "'a=~root'");
  CHECK(shell_quote("libcudart11.0=11.8.89~11.8.0-5~deb12u1") == "libcudart11.0=11.8.89~11.8.0-5~deb12u1");
  CHECK(shell_quote("a;b") == "'a;b'");
}

TEST_CASE("values a Dockerfile would read otherwise are quoted") {
  CHECK(dockerfile_quote("compute,utility") == "compute,utility");
  CHECK(dockerfile_quote("cuda>=12.4") == "\"cuda>=12.4\"");
  CHECK(dockerfile_quote("a \"$b\" \\") == "\"a \\\"\\$b\\\" \\\\\"");
  CHECK(dockerfile_quote("") == "\"\"");
}

TEST_CASE("a long command line goes on after a backslash") {
  CHECK(command_line({"apt-get", "install", "a", "b c"}, 100, "  ") == "  apt-get install a 'b c'\n");
  CHECK(command_line({"apt-get", "install", "a", "b"}, 18, "  ") == "  apt-get \\\n      install a \\\n      b\n");
}
