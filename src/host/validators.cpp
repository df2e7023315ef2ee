#include <fmt/format.h>

#include "base/text.hpp"
#include "host/downloader.hpp"

namespace nvprov {

std::string validators_path(const std::string& file) { return file + ".validators"; }

std::string validators_text(const Validators& validators) {
  return fmt::format("url: {}\netag: {}\nlast-modified: {}\n", validators.url, validators.etag,
                     validators.last_modified);
}

Validators parse_validators(std::string_view text) {
  Validators validators;
  for (const std::string_view line : split_lines(text)) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view name = line.substr(0, colon);
    const std::string value(trim(line.substr(colon + 1)));
    if (name == "url") validators.url = value;
    if (name == "etag") validators.etag = value;
    if (name == "last-modified") validators.last_modified = value;
  }
  return validators;
}

}  // namespace nvprov
