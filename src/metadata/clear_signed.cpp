#include "metadata/clear_signed.hpp"

#include <fmt/format.h>

#include <vector>

#include "base/text.hpp"

namespace nvprov {
namespace {

constexpr std::string_view begin_message = "-----BEGIN PGP SIGNED MESSAGE-----";
constexpr std::string_view begin_signature = "-----BEGIN PGP SIGNATURE-----";
constexpr std::string_view end_signature = "-----END PGP SIGNATURE-----";

std::string_view without_blanks(std::string_view line) {
  const std::size_t last = line.find_last_not_of(" \t\r");
  return line.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

class Splitter {
 public:
  explicit Splitter(std::string_view text) : lines_(split_lines(text)) {}

  Result<ClearSigned> split() {
    if (next() != begin_message) return fail("it does not begin with the mark of a signed text");
    if (const Status read = headers(); !read) return fail(read.error());
    if (const Status read = message(); !read) return fail(read.error());
    if (const Status read = signature(); !read) return fail(read.error());
    for (; at_ < lines_.size(); ++at_)
      if (!trim(lines_[at_]).empty()) return fail("there is text after its signature");
    return std::move(parts_);
  }

 private:
  std::string_view next() { return at_ < lines_.size() ? without_blanks(lines_[at_++]) : std::string_view(); }

  Status headers() {
    while (at_ < lines_.size()) {
      const std::string_view line = next();
      if (line.empty()) return {};
      if (!line.starts_with("Hash: ") && !line.starts_with("Charset: "))
        return fail(fmt::format("`{}` stands before the signed text", line));
    }
    return fail("it breaks off before the signed text");
  }

  Status message() {
    bool first = true;
    while (at_ < lines_.size()) {
      std::string_view line = next();
      if (line == begin_signature) return {};
      if (line.starts_with("- "))
        line.remove_prefix(2);
      else if (line.starts_with('-'))
        return fail(fmt::format("`{}` stands unescaped in the signed text", line));
      parts_.message += first ? "" : "\n";
      parts_.message += line;
      first = false;
    }
    return fail("it breaks off before its signature");
  }

  Status signature() {
    parts_.signature = std::string(begin_signature) + "\n";
    while (at_ < lines_.size()) {
      const std::string_view line = next();
      parts_.signature += std::string(line) + "\n";
      if (line == end_signature) return {};
      if (line.starts_with('-')) return fail("its signature is not whole");
    }
    return fail("it breaks off inside its signature");
  }

  std::vector<std::string_view> lines_;
  std::size_t at_ = 0;
  ClearSigned parts_;
};

}  // namespace

Result<ClearSigned> split_clear_signed(std::string_view text) {
  auto parts = Splitter(text).split();
  if (!parts)
    return fail(ErrorKind::failed, "a signed index of a repository is not whole", {parts.error().message},
                {"a proxy or portal on the way may have answered in its place; look at the address with a browser"});
  return parts;
}

}  // namespace nvprov
