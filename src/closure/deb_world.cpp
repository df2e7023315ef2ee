#include "closure/deb_world.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/append.hpp"
#include "base/digest.hpp"
#include "base/text.hpp"
#include "host/target_files.hpp"
#include "metadata/apt_config.hpp"
#include "metadata/index_text.hpp"
#include "packages/apt.hpp"
#include "packages/mirrors.hpp"
#include "solver/packed_list.hpp"

namespace nvprov {
namespace {

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

// Where an index is kept in packed form: beside it, and swept with it. An index that nothing vouches for has the same
// name whatever is in it, so its digest is in this one.
std::string packed_path(const DebIndex& index, const DebArchitectures& architectures) {
  const std::string shape = architectures.native + "," + join(architectures.foreign, ",");
  return fmt::format("{}.{}-{}-{}.solv", index.path, index.digest.substr(0, 32), sha256_hex(shape).substr(0, 8),
                     packed_list_format);
}

// The caller's own folder holds both forms, so one is trusted as much as the other.
Status add_list(Host& machine, DebUniverse& universe, const DebIndex& index, const DebArchitectures& architectures) {
  const std::string path = packed_path(index, architectures);
  const auto kept = machine.read_file(path);
  if (kept && *kept && universe.add_packed_list(list_of(index), **kept)) return {};
  const auto text = read_index_text(index.path);
  if (!text) return fail(text.error());
  const std::string packed = pack_debs(*text, architectures);
  // Only a convenience for the next time: a full disk is no reason to fail.
  (void)machine.write_file(path, packed, 0644);
  if (!universe.add_packed_list(list_of(index), packed)) universe.add_list(list_of(index), *text);
  return {};
}

}  // namespace

Result<DebWorld> load_deb_world(Host& machine, const PrivateApt& place, const HostFacts& facts,
                                FetchedMetadata fetched) {
  const TargetFiles target(machine, place.target_root);
  const std::vector<std::string> architectures = deb_architectures(target, facts);
  DebArchitectures known = {.native = architectures.front(), .foreign = {}};
  known.foreign.assign(architectures.begin() + 1, architectures.end());
  DebWorld world{DebUniverse(known), std::move(fetched), {}};
  if (target.is_here())
    world.default_release = read_apt_config(target).find("apt::default-release").value_or(std::string());
  add_installed(world.universe, target, facts);
  for (const DebIndex& index : world.fetched.deb)
    if (const Status added = add_list(machine, world.universe, index, known); !added) return fail(added.error());
  return world;
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
