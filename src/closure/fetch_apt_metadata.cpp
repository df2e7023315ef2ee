#include <fmt/format.h>

#include <algorithm>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "closure/apt_folder.hpp"
#include "closure/ask_apt.hpp"
#include "closure/closure.hpp"
#include "closure/fetch_indexes.hpp"
#include "packages/apt.hpp"

namespace nvprov {
namespace {

// Over the files whose signatures vouch for all others; names in the order the folder lists them, sorted.
Result<std::string> signed_digest(const Host& machine, const AptFolder& folder) {
  const auto names = machine.list_directory(folder.lists());
  if (!names) return fail(names.error());
  std::string digests;
  for (const std::string& name : names->value_or(std::vector<std::string>())) {
    if (!name.ends_with("Release")) continue;
    const auto content = machine.read_file(folder.lists() + "/" + name);
    if (!content) return fail(content.error());
    digests += fmt::format("{}  {}\n", sha256_hex(content->value_or("")), name);
  }
  return sha256_hex(digests);
}

void add_sizes(std::vector<PackageOffer>& offers, const std::vector<PackageOffer>& sizes) {
  for (PackageOffer& offer : offers) {
    const auto size = std::ranges::find_if(
        sizes, [&](const PackageOffer& each) { return each.name == offer.name && each.version == offer.version; });
    if (size == sizes.end()) continue;
    offer.architecture = size->architecture;
    offer.download_bytes = size->download_bytes;
    offer.installed_bytes = size->installed_bytes;
  }
}

bool is_older_offer(const PackageOffer& left, const PackageOffer& right) {
  if (left.name != right.name) return left.name < right.name;
  return compare_deb_versions(left.version, right.version) < 0;
}

Result<std::vector<PackageOffer>> offers_of(Host& machine, const AptFolder& folder,
                                            const std::vector<std::string>& names) {
  auto offers = ask_policy(machine, folder, names);
  if (!offers) return fail(offers.error());
  std::vector<std::string> packages;
  for (const PackageOffer& offer : *offers) packages.push_back(offer.name + "=" + offer.version);
  const auto sizes = ask_sizes(machine, folder, packages);
  if (!sizes) return fail(sizes.error());
  add_sizes(*offers, *sizes);
  std::ranges::sort(*offers, is_older_offer);
  return offers;
}

Result<RepositoryMetadata> fetch(const TargetFiles& target, const PrivateApt& apt, const HostFacts& facts,
                                 const ConsultedRepositories& repositories, const std::vector<std::string>& names) {
  const auto folder = open_apt_folder(target, apt, facts, repositories);
  if (!folder) return fail(folder.error());
  const auto fetched = fetch_indexes(target, *folder);
  if (!fetched) return fail(fetched.error());
  auto digest = signed_digest(target.machine(), *folder);
  if (!digest) return fail(digest.error());
  auto offers = offers_of(target.machine(), *folder, names);
  if (!offers) return fail(offers.error());
  return RepositoryMetadata{.known = true,
                            .silent_about = {},
                            .digest = std::move(*digest),
                            .fetched_at = format_timestamp(*fetched),
                            .offers = std::move(*offers)};
}

}  // namespace

Result<RepositoryMetadata> fetch_apt_metadata(Host& machine, const PrivateApt& apt, const HostFacts& facts,
                                              const ConsultedRepositories& repositories,
                                              const std::vector<std::string>& names) {
  const TargetFiles target(machine, apt.target_root);
  auto metadata = fetch(target, apt, facts, repositories, names);
  if (!metadata) return fail(metadata.error().in("asking the repositories which versions they offer"));
  return metadata;
}

}  // namespace nvprov
