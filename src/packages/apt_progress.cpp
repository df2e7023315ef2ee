#include <charconv>

#include "base/text.hpp"
#include "packages/apt.hpp"

namespace nvprov {
namespace {

std::optional<double> parse_percent(const std::string& text) {
  double percent = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), percent);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return percent;
}

}  // namespace

std::optional<AptProgress> parse_status_line(std::string_view line) {
  // kind:package:percent:message, where a package of a foreign architecture and a message may hold colons themselves.
  const std::vector<std::string> parts = split(trim(line), ':');
  const bool downloading = parts[0] == "dlstatus";
  if (!downloading && parts[0] != "pmstatus") return std::nullopt;
  for (std::size_t i = 2; i < parts.size(); ++i) {
    const auto percent = parse_percent(parts[i]);
    if (!percent) continue;
    const std::span<const std::string> all(parts);
    return AptProgress{.downloading = downloading,
                       .percent = *percent,
                       .package = downloading ? std::string() : join(all.subspan(1, i - 1), ":"),
                       .message = std::string(trim(join(all.subspan(i + 1), ":")))};
  }
  return std::nullopt;
}

}  // namespace nvprov
