#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "closure/apt_folder.hpp"
#include "closure/ask_apt.hpp"
#include "closure/changes.hpp"
#include "closure/closure.hpp"
#include "closure/fetch_indexes.hpp"
#include "packages/apt.hpp"

namespace nvprov {
namespace {

using Changes = tl::expected<std::vector<PackageChange>, Unsatisfiable>;

Result<Changes> simulate(Host& machine, const AptFolder& folder, std::vector<std::string> argv) {
  const auto output = run_apt(machine, folder, std::move(argv));
  if (!output) return fail(output.error());
  if (output->exit_status == 0) {
    auto simulation = parse_simulation(output->out);
    if (!simulation) return fail(simulation.error());
    return Changes(std::move(simulation->changes));
  }
  Unsatisfiable refusal{{}, parse_unmet_dependencies(output->out + output->err), {}};
  if (!refusal.conflicts.empty()) return Changes(tl::unexpected<Unsatisfiable>(std::move(refusal)));
  return fail(ErrorKind::failed, "apt could not simulate the installation",
              {classify_update_failure(output->out + output->err).detail});
}

bool any_held(const HostFacts& facts) {
  return std::ranges::any_of(facts.package_facts.packages, &InstalledPackage::held);
}

// The target's package states with every hold lifted, in the private folder.
Result<std::string> status_without_holds(const TargetFiles& target, const AptFolder& folder) {
  const auto status = target.read("/var/lib/dpkg/status");
  if (!status) return fail("the package states of the target cannot be read");
  std::string path = folder.path + "/state/status-without-holds";
  const std::string text = replace_all(*status, "\nStatus: hold ", "\nStatus: install ");
  if (const Status written = target.machine().write_file(path, text, 0644); !written) return fail(written.error());
  return path;
}

// apt never changes a held package that is only a dependency, whatever it is allowed. To show what stands in the way,
// a refusal is asked about once more as if nothing were held; the changes then carry the mark.
Result<Changes> simulate_past_holds(const TargetFiles& target, const AptFolder& folder, const HostFacts& facts,
                                    const InstallPackages& all) {
  Host& machine = target.machine();
  auto answer = simulate(machine, folder, simulate_argv(all));
  if (!answer || *answer || !any_held(facts)) return answer;
  const auto status = status_without_holds(target, folder);
  if (!status) return fail(status.error());
  std::vector<std::string> argv = simulate_argv(all);
  argv.insert(argv.begin() + 1, {"-o", "Dir::State::status=" + *status});
  auto free_answer = simulate(machine, folder, std::move(argv));
  if (!free_answer) return free_answer;
  return *free_answer ? free_answer : answer;
}

void add_marks(PackageChange& change, const HostFacts& facts, const InstallPackages& all) {
  change.requested = is_requested(change, all);
  if (!change.old_version) return;
  const InstalledPackage* package = find_package(facts, change);
  if (package == nullptr) return;
  change.held = package->held;
  if (change.architecture.empty()) change.architecture = package->architecture;
}

// "libcuda1", or "libcuda1:i386" where it is not of the target's own architecture.
std::string full_name(const PackageChange& change, const HostFacts& facts) {
  const bool own = change.architecture.empty() || change.architecture == "all" ||
                   change.architecture == facts.package_facts.architecture;
  return own ? change.name : change.name + ":" + change.architecture;
}

const PackageOffer* find_offer(const std::vector<PackageOffer>& offers, std::string_view name,
                               const std::optional<std::string>& version) {
  const auto found = std::ranges::find_if(
      offers, [&](const PackageOffer& offer) { return offer.name == name && offer.version == version; });
  return found == offers.end() ? nullptr : &*found;
}

Status add_origins(Host& machine, const AptFolder& folder, const HostFacts& facts,
                   std::vector<PackageChange>& changes) {
  std::vector<std::string> names;
  for (const PackageChange& change : changes)
    if (change.version) names.push_back(full_name(change, facts));
  const auto offers = ask_policy(machine, folder, names);
  if (!offers) return fail(offers.error());
  for (PackageChange& change : changes)
    if (const PackageOffer* offer = find_offer(*offers, full_name(change, facts), change.version))
      change.origin = fmt::format("{} {}", offer->origin, offer->suite);
  return {};
}

struct DiskUse {
  std::uint64_t download = 0;
  std::int64_t disk = 0;
};

void add_size(PackageChange& change, const std::vector<PackageOffer>& sizes, DiskUse& total) {
  if (const PackageOffer* before = find_offer(sizes, change.name, change.old_version))
    total.disk -= static_cast<std::int64_t>(before->installed_bytes);
  const PackageOffer* after = find_offer(sizes, change.name, change.version);
  if (after == nullptr) return;
  change.download_bytes = after->download_bytes;
  change.installed_bytes = after->installed_bytes;
  total.download += after->download_bytes;
  total.disk += static_cast<std::int64_t>(after->installed_bytes);
}

Result<Closure> with_sizes(Host& machine, const AptFolder& folder, const HostFacts& facts,
                           std::vector<PackageChange> changes) {
  std::vector<std::string> packages;
  for (const PackageChange& change : changes)
    for (const auto& version : {change.old_version, change.version})
      if (version) packages.push_back(full_name(change, facts) + "=" + *version);
  const auto sizes = ask_sizes(machine, folder, packages);
  if (!sizes) return fail(sizes.error());
  DiskUse total;
  for (PackageChange& change : changes) add_size(change, *sizes, total);
  return Closure{true, std::move(changes), total.download, total.disk};
}

Result<tl::expected<Closure, Unsatisfiable>> close(const TargetFiles& target, const AptFolder& folder,
                                                   const HostFacts& facts, const InstallPackages& all) {
  auto answer = simulate_past_holds(target, folder, facts, all);
  if (!answer) return fail(answer.error());
  if (!*answer) return tl::unexpected<Unsatisfiable>(answer->error());
  std::vector<PackageChange> changes = std::move(**answer);
  for (PackageChange& change : changes) add_marks(change, facts, all);
  sort_changes(changes);
  if (const Status added = add_origins(target.machine(), folder, facts, changes); !added) return fail(added.error());
  auto closure = with_sizes(target.machine(), folder, facts, std::move(changes));
  if (!closure) return fail(closure.error());
  return tl::expected<Closure, Unsatisfiable>(std::move(*closure));
}

}  // namespace

Result<tl::expected<Closure, Unsatisfiable>> close_apt_packages(Host& machine, const PrivateApt& apt,
                                                                const HostFacts& facts,
                                                                const ConsultedRepositories& repositories,
                                                                const std::vector<InstallPackages>& transactions) {
  const InstallPackages all = union_of(transactions);
  if (all.packages.empty()) return Closure{true, {}, 0, 0};
  const TargetFiles target(machine, apt.target_root);
  const auto folder = open_apt_folder(target, apt, facts, repositories);
  if (!folder) return fail(folder.error().in("asking apt which packages belong to the installation"));
  // Fetched already, unless another set of repositories was asked first, of a source that had no answer.
  if (const auto fetched = fetch_indexes(target, *folder); !fetched)
    return fail(fetched.error().in("asking apt which packages belong to the installation"));
  auto closure = close(target, *folder, facts, all);
  if (!closure) return fail(closure.error().in("asking apt which packages belong to the installation"));
  return closure;
}

}  // namespace nvprov
