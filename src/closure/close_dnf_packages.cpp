#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "closure/changes.hpp"
#include "closure/closure.hpp"
#include "closure/dnf_folder.hpp"
#include "host/private_folder.hpp"
#include "packages/dnf.hpp"

namespace nvprov {
namespace {

using DnfAnswer = tl::expected<std::vector<PackageChange>, Unsatisfiable>;

// With --assumeno dnf ends with 1 whether it would do something or cannot: only its words tell.
Result<DnfAnswer> simulate(Host& machine, const DnfFolder& folder, const InstallPackages& step) {
  const auto output =
      run_dnf_as_root(machine, folder, dnf_assume_no_argv(folder.generation, step, package_specs(step, {})));
  if (!output) return fail(output.error());
  const std::string text = output->out + output->err;
  Unsatisfiable refusal{{}, parse_dnf_conflicts(text), {}};
  if (!refusal.conflicts.empty()) return DnfAnswer(tl::unexpected<Unsatisfiable>(std::move(refusal)));
  auto transaction = parse_transaction(output->out);
  if (transaction) return DnfAnswer(std::move(transaction->changes));
  const DnfProblem problem = classify_dnf_failure(text);
  return fail(problem.failure == DnfFailure::not_trusted ? ErrorKind::not_trusted : ErrorKind::failed,
              "dnf could not try the installation", {problem.detail, transaction.error().message});
}

// A refusal is asked about once more with everything allowed: what stands in the way then shows in the changes, and
// each needs its own consent.
Result<DnfAnswer> simulate_past_refusal(Host& machine, const DnfFolder& folder, InstallPackages all) {
  auto answer = simulate(machine, folder, all);
  if (!answer || *answer) return answer;
  all.allow_removals = all.allow_downgrades = true;
  auto free_answer = simulate(machine, folder, all);
  if (!free_answer) return free_answer;
  return *free_answer ? free_answer : answer;
}

void add_dnf_marks(PackageChange& change, const HostFacts& facts, const InstallPackages& all) {
  change.requested = is_requested(change, all);
  // A package that comes beside its older version (a kernel's) replaces nothing.
  const InstalledPackage* package = change.action == PackageAction::install ? nullptr : find_package(facts, change);
  if (package == nullptr) return;
  change.old_version = package->version;
  change.held = package->held;
}

const PackageOffer* find_offer(const std::vector<PackageOffer>& offers, const PackageChange& change,
                               const std::optional<std::string>& version) {
  const auto found = std::ranges::find_if(offers, [&](const PackageOffer& offer) {
    return offer.name == change.name && offer.version == version && offer.architecture == change.architecture;
  });
  return found == offers.end() ? nullptr : &*found;
}

Result<std::vector<PackageOffer>> offers_of(Host& machine, const DnfFolder& folder,
                                            const std::vector<PackageChange>& changes) {
  std::vector<std::string> specs;
  for (const PackageChange& change : changes)
    for (const auto& version : {change.old_version, change.version})
      if (version) specs.push_back(package_spec(change.name, *version, change.architecture));
  if (specs.empty()) return std::vector<PackageOffer>();
  const auto output = run_dnf(machine, folder, repoquery_argv(folder.generation, specs, true));
  if (!output) return fail(output.error());
  if (output->exit_status != 0)
    return fail(ErrorKind::failed, "dnf did not tell the sizes of packages",
                {classify_dnf_failure(output->out + output->err).detail});
  return parse_repoquery(output->out);
}

Closure with_sizes(std::vector<PackageChange> changes, const std::vector<PackageOffer>& offers) {
  Closure closure{true, {}, 0, 0};
  for (PackageChange& change : changes) {
    if (const PackageOffer* before = find_offer(offers, change, change.old_version))
      *closure.disk_bytes -= static_cast<std::int64_t>(before->installed_bytes);
    if (const PackageOffer* after = find_offer(offers, change, change.version)) {
      change.download_bytes = after->download_bytes;
      change.installed_bytes = after->installed_bytes;
      *closure.disk_bytes += static_cast<std::int64_t>(after->installed_bytes);
    }
    *closure.download_bytes += change.download_bytes.value_or(0);
    closure.packages.push_back(std::move(change));
  }
  return closure;
}

Result<tl::expected<Closure, Unsatisfiable>> close(Host& machine, const PrivateApt& where, const HostFacts& facts,
                                                   const ConsultedRepositories& repositories,
                                                   const InstallPackages& all) {
  const auto folder = open_dnf_folder(machine, where, facts, repositories);
  if (!folder) return fail(folder.error());
  // What was asked for versions may have been more: a prebuilt module needs no repository with DKMS.
  if (const auto fetched = fetch_metadata_of(machine, *folder); !fetched) return fail(fetched.error());
  auto answer = simulate_past_refusal(machine, *folder, all);
  if (!answer) return fail(answer.error());
  if (!*answer) return tl::unexpected<Unsatisfiable>(answer->error());
  std::vector<PackageChange> changes = std::move(**answer);
  std::erase_if(changes, [](const PackageChange& change) { return change.action == PackageAction::keep; });
  for (PackageChange& change : changes) add_dnf_marks(change, facts, all);
  sort_changes(changes);
  const auto offers = offers_of(machine, *folder, changes);
  if (!offers) return fail(offers.error());
  return tl::expected<Closure, Unsatisfiable>(with_sizes(std::move(changes), *offers));
}

}  // namespace

Result<tl::expected<Closure, Unsatisfiable>> close_dnf_packages(Host& machine, const PrivateApt& where,
                                                                const HostFacts& facts,
                                                                const ConsultedRepositories& repositories,
                                                                const std::vector<InstallPackages>& transactions) {
  const InstallPackages all = union_of(transactions);
  if (all.packages.empty()) return Closure{true, {}, 0, 0};
  auto closure = close(machine, where, facts, repositories, all);
  if (!closure) return fail(closure.error().in("asking dnf which packages belong to the installation"));
  return closure;
}

}  // namespace nvprov
