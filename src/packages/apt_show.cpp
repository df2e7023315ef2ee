#include <fmt/format.h>

#include "base/text.hpp"
#include "packages/apt.hpp"
#include "packages/deb822.hpp"

namespace nvprov {
namespace {

// 0 for a field that is not there: a package without files has no Installed-Size.
Result<std::uint64_t> number_field(const Deb822Stanza& stanza, std::string_view name) {
  const std::string text = field_value(stanza, name);
  if (text.empty()) return std::uint64_t{0};
  const auto number = parse_number(text);
  if (!number)
    return fail(fmt::format("package {}: {} is not a number: {}", field_value(stanza, "Package"), name, text));
  return *number;
}

Result<PackageOffer> offer_of(const Deb822Stanza& stanza) {
  PackageOffer offer;
  offer.name = field_value(stanza, "Package");
  offer.version = field_value(stanza, "Version");
  offer.architecture = field_value(stanza, "Architecture");
  if (offer.name.empty() || offer.version.empty())
    return fail(fmt::format("line {} of a package list starts a package without name or version", stanza.line));
  const auto size = number_field(stanza, "Size");
  if (!size) return fail(size.error());
  const auto installed_kibibytes = number_field(stanza, "Installed-Size");
  if (!installed_kibibytes) return fail(installed_kibibytes.error());
  offer.download_bytes = *size;
  offer.installed_bytes = *installed_kibibytes * 1024;
  return offer;
}

}  // namespace

Result<std::vector<PackageOffer>> parse_show(std::string_view output) {
  Diagnostics problems;
  std::vector<PackageOffer> offers;
  for (const Deb822Stanza& stanza : parse_deb822(output, "apt-cache show", problems)) {
    auto offer = offer_of(stanza);
    if (!offer) return fail(offer.error());
    offers.push_back(std::move(*offer));
  }
  if (!problems.empty())
    return fail(fmt::format("{} of apt-cache show cannot be read: {}", problems[0].place, problems[0].message));
  return offers;
}

}  // namespace nvprov
