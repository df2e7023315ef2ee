#include "base/toml_scan.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "base/text.hpp"

namespace nvprov {
namespace {

class TomlWalker {
 public:
  explicit TomlWalker(std::string_view text, std::size_t at = 0) : text_(text), at_(at) {}

  std::size_t at() const { return at_; }
  bool ended() const { return at_ >= text_.size(); }
  char next() const { return ended() ? '\0' : text_[at_]; }
  void skip(std::size_t count = 1) { at_ = std::min(at_ + count, text_.size()); }
  void skip_blanks() { at_ = std::min(text_.find_first_not_of(" \t", at_), text_.size()); }
  void skip_comment() {
    if (next() == '#') at_ = std::min(text_.find('\n', at_), text_.size());
  }
  // Blanks, line ends and comments.
  void skip_space() {
    for (;;) {
      at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size());
      if (next() != '#') return;
      skip_comment();
    }
  }
  void skip_line() {
    skip_blanks();
    at_ = std::min(text_.find('\n', at_), text_.size());
    skip();
  }

  std::vector<std::string> keys() {
    std::vector<std::string> keys;
    for (;;) {
      skip_blanks();
      keys.push_back(key());
      skip_blanks();
      if (next() != '.') return keys;
      skip();
    }
  }

  TextSpan value() {
    const std::size_t begin = at_;
    if (next() == '"' || next() == '\'')
      skip_string();
    else if (next() == '[' || next() == '{')
      skip_brackets();
    else
      skip_scalar();
    return {begin, at_};
  }

 private:
  std::string key() {
    const std::size_t begin = at_;
    if (next() != '"' && next() != '\'') {
      while (is_letter(next()) || is_digit(next()) || next() == '_' || next() == '-') skip();
      if (at_ == begin) skip();
      return std::string(text_.substr(begin, at_ - begin));
    }
    const bool literal = next() == '\'';
    skip_string();
    const std::string_view quoted = text_.substr(begin, at_ - begin);
    if (literal || !contains(quoted, "\\")) return std::string(quoted.substr(1, quoted.size() - 2));
    const auto json = parse_json(quoted, "");
    const auto* meant = json ? json->get_if<std::string>() : nullptr;
    return meant != nullptr ? *meant : std::string(quoted);
  }

  void skip_string() {
    const char quote = next();
    const std::string triple(3, quote);
    if (text_.substr(at_).starts_with(triple)) {
      skip(3);
      while (!ended() && !text_.substr(at_).starts_with(triple)) skip(quote == '"' && next() == '\\' ? 2 : 1);
      skip(3);
      while (next() == quote) skip();  // up to two quotes may end the text itself
      return;
    }
    skip();
    while (!ended() && next() != quote) skip(quote == '"' && next() == '\\' ? 2 : 1);
    skip();
  }

  void skip_brackets() {
    std::size_t depth = 0;
    do {
      const char c = next();
      if (c == '"' || c == '\'') {
        skip_string();
        continue;
      }
      if (c == '#') {
        skip_comment();
        continue;
      }
      if (c == '[' || c == '{') ++depth;
      if (c == ']' || c == '}') --depth;
      skip();
    } while (depth > 0 && !ended());
  }

  // A date may have a blank in it.
  void skip_scalar() {
    const std::size_t begin = at_;
    const std::size_t end = std::min(text_.find_first_of(",]}#\r\n", at_), text_.size());
    at_ = begin + trim(text_.substr(begin, end - begin)).size();
  }

  std::string_view text_;
  std::size_t at_;
};

bool in_path(const std::vector<std::string>& path, const std::vector<std::string>& start) {
  return path.size() >= start.size() && std::equal(start.begin(), start.end(), path.begin());
}

// The path of a header with "[]" put in after each list of tables it leads through.
std::vector<std::string> through_lists(const std::vector<std::string>& keys,
                                       const std::vector<std::vector<std::string>>& lists) {
  std::vector<std::string> path;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    path.push_back(keys[i]);
    if (i + 1 < keys.size() && std::ranges::find(lists, path) != lists.end()) path.emplace_back("[]");
  }
  return path;
}

}  // namespace

std::vector<TomlLine> scan_toml(std::string_view text) {
  std::vector<TomlLine> lines;
  std::vector<std::vector<std::string>> lists;
  std::vector<std::string> section;
  TomlWalker walker(text, text.starts_with("\xef\xbb\xbf") ? 3 : 0);
  for (;;) {
    walker.skip_space();
    if (walker.ended()) return lines;
    TomlLine line;
    const std::size_t newline = walker.at() == 0 ? std::string_view::npos : text.rfind('\n', walker.at() - 1);
    line.line.begin = newline == std::string_view::npos ? 0 : newline + 1;
    if (walker.next() == '[') {
      walker.skip();
      const bool list = walker.next() == '[';
      if (list) walker.skip();
      line.kind = list ? TomlLineKind::table_list : TomlLineKind::table;
      line.path = through_lists(walker.keys(), lists);
      if (list && std::ranges::find(lists, line.path) == lists.end()) lists.push_back(line.path);
      section = line.path;
      if (list) section.emplace_back("[]");
    } else {
      line.path = section;
      line.section = section.size();
      for (std::string& key : walker.keys()) line.path.push_back(std::move(key));
      walker.skip();  // the equals sign
      walker.skip_blanks();
      line.value = walker.value();
    }
    line.in_list = std::ranges::any_of(lists, [&](const auto& list) { return in_path(line.path, list); });
    walker.skip_line();
    line.line.end = walker.at();
    lines.push_back(std::move(line));
  }
}

std::vector<TomlMember> inline_members(std::string_view text, TextSpan table) {
  std::vector<TomlMember> members;
  TomlWalker walker(text, table.begin + 1);
  for (;;) {
    walker.skip_space();
    if (walker.ended() || walker.next() == '}') return members;
    TomlMember member;
    member.begin = walker.at();
    member.key = walker.keys();
    walker.skip();
    walker.skip_blanks();
    member.value = walker.value();
    members.push_back(std::move(member));
    walker.skip_space();
    if (walker.next() == ',') walker.skip();
  }
}

std::vector<TextSpan> list_items(std::string_view text, TextSpan list) {
  std::vector<TextSpan> items;
  TomlWalker walker(text, list.begin + 1);
  for (;;) {
    walker.skip_space();
    if (walker.ended() || walker.next() == ']') return items;
    items.push_back(walker.value());
    walker.skip_space();
    if (walker.next() == ',') walker.skip();
  }
}

}  // namespace nvprov
