#include "host/line_reader.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <vector>

#include "support/catch.hpp"
#include "support/temp_folder.hpp"

using namespace nvprov;

namespace {

std::vector<InputLine> lines_of(const std::string& text, std::size_t longest) {
  const test::TempFolder folder;
  const int descriptor = ::open(folder.write("input", text).c_str(), O_RDONLY | O_CLOEXEC);
  LineReader reader(descriptor, longest);
  std::vector<InputLine> lines;
  for (;;) {
    const auto line = reader.next();
    REQUIRE(line);
    if (!*line) break;
    lines.push_back(**line);
  }
  ::close(descriptor);
  return lines;
}

}  // namespace

TEST_CASE("lines of an input come one by one, the last with or without its end") {
  const std::vector<InputLine> expected = {{1, "one", false}, {2, "", false}, {3, "three", false}};
  CHECK(lines_of("one\n\nthree\n", 100) == expected);
  CHECK(lines_of("one\r\n\nthree", 100) == expected);
  CHECK(lines_of("", 100).empty());
}

TEST_CASE("a line that is too long is told and does not hide the next") {
  const std::string long_line(200'000, 'x');
  const std::vector<InputLine> expected = {{1, "one", false}, {2, "", true}, {3, "three", false}};
  CHECK(lines_of("one\n" + long_line + "\nthree", 100'000) == expected);
  CHECK(lines_of("one\n" + long_line, 200'000).back() == InputLine{2, long_line, false});
  CHECK(lines_of("one\n" + long_line, 199'999).back() == InputLine{2, "", true});
}
