#include "closure/deb_world.hpp"

#include <algorithm>

#include "base/append.hpp"
#include "base/text.hpp"
#include "host/target_files.hpp"
#include "metadata/apt_config.hpp"
#include "metadata/index_text.hpp"
#include "packages/apt.hpp"
#include "packages/mirrors.hpp"

namespace nvprov {
namespace {

constexpr std::string_view pins_folder = "/etc/apt/preferences.d/";

DebList list_of(const DebIndex& index) {
  return {.suite = {.site = host_of(index.base),
                    .origin = index.origin,
                    .label = index.label,
                    .suite = index.suite,
                    .codename = index.codename.empty() && index.suite.empty() ? index.distribution : index.codename,
                    .version = index.version,
                    .component = index.component,
                    .architecture = index.architecture,
                    .not_automatic = index.not_automatic,
                    .but_automatic_upgrades = index.but_automatic_upgrades},
          .repository = mask_credentials(index.base)};
}

void add_installed(DebUniverse& universe, const TargetFiles& target, const HostFacts& facts) {
  const auto status = target.is_here() ? target.read("/var/lib/dpkg/status") : std::nullopt;
  if (status)
    universe.add_installed(*status);
  else
    universe.add_installed(facts.package_facts.packages);
}

Status add_lists(DebUniverse& universe, const FetchedMetadata& fetched) {
  for (const DebIndex& index : fetched.deb) {
    const auto text = read_index_text(index.path);
    if (!text) return fail(text.error());
    universe.add_list(list_of(index), *text);
  }
  return {};
}

}  // namespace

Result<tl::expected<DebWorld, Unfetchable>> load_deb_world(Host& machine, const PrivateApt& place,
                                                           const HostFacts& facts,
                                                           const ConsultedRepositories& repositories,
                                                           Downloader& downloader, const FetchOptions& options) {
  auto fetched = fetch_repositories(machine, place, facts, repositories, downloader, options);
  if (!fetched) return fail(fetched.error());
  if (!*fetched) return tl::unexpected<Unfetchable>(std::move(fetched->error()));
  const TargetFiles target(machine, place.target_root);
  std::vector<std::string> architectures = deb_architectures(target, facts);
  const std::string native = architectures.front();
  architectures.erase(architectures.begin());
  DebWorld world{DebUniverse({native, std::move(architectures)}), std::move(**fetched), {}};
  if (target.is_here())
    world.default_release = read_apt_config(target).find("apt::default-release").value_or(std::string());
  add_installed(world.universe, target, facts);
  if (const Status added = add_lists(world.universe, world.fetched); !added) return fail(added.error());
  return tl::expected<DebWorld, Unfetchable>(std::move(world));
}

std::vector<PackagePin> pins_of(const HostFacts& facts, const std::vector<WriteFile>& preferences) {
  std::vector<PackagePin> pins;
  for (const PackagePin& pin : facts.package_facts.pins)
    if (std::ranges::find(preferences, pin.file, &WriteFile::path) == preferences.end()) pins.push_back(pin);
  Diagnostics problems;
  for (const WriteFile& file : preferences)
    if (file.path.starts_with(pins_folder)) append(pins, parse_preferences(file.content, file.path, problems));
  // The main file first, then the folder's by name.
  std::ranges::stable_sort(pins, [](const PackagePin& left, const PackagePin& right) {
    const bool left_in_folder = left.file.starts_with(pins_folder);
    const bool right_in_folder = right.file.starts_with(pins_folder);
    return left_in_folder != right_in_folder ? right_in_folder : left.file < right.file;
  });
  return pins;
}

}  // namespace nvprov
