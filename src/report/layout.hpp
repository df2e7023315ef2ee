#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/catalog.hpp"

namespace nvprov {

// How text is laid out: all of it comes from the terminal, none of it changes what is said.
struct TextOptions {
  bool colour = false;
  int verbosity = 0;  // 1: sources, digests and what was not taken as well
  int width = 100;
  bool explain = false;  // every choice with what else was looked at, and where its facts stand

  bool operator==(const TextOptions&) const = default;
};

enum class Paint { heading, bad, warning };

// The text in bold, red or yellow where colour is wanted, else as it is.
std::string paint(std::string_view text, Paint as, const TextOptions& options);

// The words of a sentence in lines of at most this width, each ended by a newline. The first line starts with `first`,
// the others with as many blanks. What stands in backticks is never broken; Chinese is, between its characters.
std::string wrap(std::string_view text, int width, std::string_view first);

// The same for items that must not be broken, with a comma after each but the last.
std::string wrap_items(const std::vector<std::string>& items, int width, std::string_view first);

// Each line of a text after this prefix, each ended by a newline.
std::string indent(std::string_view text, std::string_view prefix);

// Aligned columns, two blanks apart, no blanks at line ends. Columns named in `right` are flush right.
std::string table(const std::vector<std::vector<std::string>>& rows, std::string_view prefix,
                  const std::vector<std::size_t>& right = {});

struct LabelledLine {
  std::string label;
  std::string text;

  bool operator==(const LabelledLine&) const = default;
};

// "  label   text" with all texts aligned and wrapped under themselves; lines with an empty text are left out.
std::string labelled(const std::vector<LabelledLine>& lines, int width);

// "<prefix>see <title>: <url>", a line of its own so that the address can be copied.
std::string source_line(const Source& source, std::string_view prefix);

// "1 package", "2 packages".
std::string counted(std::size_t count, std::string_view noun);

}  // namespace nvprov
