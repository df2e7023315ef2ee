#include "apply/rehearsal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "apply/package_manager.hpp"
#include "packages/apt.hpp"
#include "packages/dnf.hpp"

namespace nvprov {
namespace {

using ChangesByName = std::map<std::string, std::vector<PackageChange>>;

constexpr std::size_t lines_of_output_shown = 15;

std::string in_words(const PackageChange& change) {
  const std::string version = change.version.value_or("an unknown version");
  switch (change.action) {
    case PackageAction::install: return "install " + version;
    case PackageAction::upgrade: return "upgrade to " + version;
    case PackageAction::downgrade: return "downgrade to " + version;
    case PackageAction::remove: return "remove it";
    case PackageAction::keep: return "leave it as it is";
  }
  return {};
}

std::string in_words(const std::vector<PackageChange>& changes) {
  if (changes.empty()) return "leave it as it is";
  std::vector<std::string> words;
  for (const PackageChange& change : changes) words.push_back(in_words(change));
  std::ranges::sort(words);  // one name may stand for several architectures
  return fmt::format("{}", fmt::join(words, " and "));
}

bool leads_to_same(const PackageChange& left, const PackageChange& right) {
  const bool removes = left.action == PackageAction::remove;
  if (left.name != right.name || removes != (right.action == PackageAction::remove)) return false;
  return removes || left.version == right.version;
}

ChangesByName by_name(const std::vector<PackageChange>& changes) {
  ChangesByName sorted;
  for (const PackageChange& change : changes)
    if (change.action != PackageAction::keep) sorted[change.name].push_back(change);
  return sorted;
}

// What the closure lists, without what earlier transactions of this run have done.
std::vector<PackageChange> still_planned(const Journal& journal) {
  std::vector<PackageChange> planned = journal.closure.packages;
  for (const JournalStep& step : journal.steps) {
    if (step.state != StepState::done) continue;
    for (const PackagePreState& done : step.pre_packages)
      std::erase_if(planned, [&](const PackageChange& change) { return change.name == done.name; });
  }
  return planned;
}

bool is_refresh(const JournalStep& step) { return std::holds_alternative<RefreshMetadata>(step.step); }
bool is_transaction(const JournalStep& step) { return std::holds_alternative<InstallPackages>(step.step); }

// The same package may be in two simulations when the first transaction is yet to be done.
void add_unseen(std::vector<PackageChange>& all, const std::vector<PackageChange>& more) {
  for (const PackageChange& change : more)
    if (std::ranges::find(all, change) == all.end()) all.push_back(change);
}

// The transactions that can be simulated now: from one of them up to the next refresh of the indexes.
struct Batch {
  std::vector<PackageChange> of_first;
  std::vector<PackageChange> of_all;
  bool is_last = false;  // no transaction comes after that refresh
};

Result<Batch> simulate_batch(const HostView& host, const Journal& journal, std::size_t index,
                             const ApplyOptions& options) {
  const auto first = journal.steps.begin() + static_cast<std::ptrdiff_t>(index);
  const auto end = std::find_if(first, journal.steps.end(), is_refresh);
  Batch batch;
  for (auto step = first; step != end; ++step) {
    if (!is_transaction(*step)) continue;
    const auto changes = simulate(host, std::get<InstallPackages>(step->step), options, journal.closure.packages);
    if (!changes) return fail(changes.error());
    if (step == first) batch.of_first = *changes;
    add_unseen(batch.of_all, *changes);
  }
  batch.is_last = std::none_of(end, journal.steps.end(), is_transaction);
  return batch;
}

// dnf tells no old version of what it replaces: the plan's stands for it. A package the plan does not name keeps none.
void add_old_versions(std::vector<PackageChange>& changes, const std::vector<PackageChange>& planned) {
  for (PackageChange& change : changes) {
    const auto plan = std::ranges::find_if(planned, [&](const PackageChange& each) {
      return each.name == change.name && each.architecture == change.architecture;
    });
    if (!change.old_version && plan != planned.end()) change.old_version = plan->old_version;
  }
}

// With --assumeno dnf ends with 1 whether it would do something or cannot: only its words tell.
Result<std::vector<PackageChange>> simulate_with_dnf(const HostView& host, DnfGeneration dnf,
                                                     const InstallPackages& step, const ApplyOptions& options,
                                                     const std::vector<PackageChange>& planned) {
  Command command{.argv = for_this_run(dnf_assume_no_argv(dnf, step, package_specs(step, planned)), options),
                  .environment = {}};
  for (const auto& [name, value] : wide_table_environment(dnf)) command.environment.push_back({name, value});
  const auto output = host.query(command);
  if (!output) return fail(output.error().in("simulating the transaction"));
  const std::string text = output->out + output->err;
  const DnfProblem problem = classify_dnf_failure(text);
  if (problem.failure == DnfFailure::locked)
    return fail(ErrorKind::failed, "another process holds the package manager's lock", {problem.detail},
                {"let it end, then run it again"});
  auto transaction = parse_transaction(output->out);
  if (!transaction || !parse_dnf_conflicts(text).empty())
    return fail(not_as_planned(last_lines(text, lines_of_output_shown)));
  std::erase_if(transaction->changes, [](const PackageChange& change) { return change.action == PackageAction::keep; });
  add_old_versions(transaction->changes, planned);
  return std::move(transaction->changes);
}

}  // namespace

std::vector<std::string> differences(const std::vector<PackageChange>& planned,
                                     const std::vector<PackageChange>& simulated, bool complete) {
  const ChangesByName expected = by_name(planned);
  const ChangesByName found = by_name(simulated);
  std::vector<std::string> lines;
  for (const auto& [name, changes] : found) {
    const auto plan = expected.find(name);
    const std::string wanted = plan == expected.end() ? "does not name it" : "would " + in_words(plan->second);
    if (wanted != "would " + in_words(changes))
      lines.push_back(fmt::format("{}: the plan {}, the package manager would {}", name, wanted, in_words(changes)));
  }
  for (const auto& [name, changes] : expected)
    if (complete && !found.contains(name))
      lines.push_back(
          fmt::format("{}: the plan would {}, the package manager would leave it as it is", name, in_words(changes)));
  std::ranges::sort(lines);
  return lines;
}

std::vector<std::string> not_agreed_to(const std::vector<PackageChange>& planned,
                                       const std::vector<PackageChange>& simulated) {
  std::vector<std::string> lines;
  for (const PackageChange& change : simulated)
    if (std::ranges::none_of(planned, [&](const PackageChange& plan) { return leads_to_same(plan, change); }))
      lines.push_back(
          fmt::format("{}: the package manager would {}, which nobody agreed to", change.name, in_words(change)));
  return lines;
}

std::vector<std::string> mixed_versions(const DriverChoice& driver, const std::vector<PackageChange>& changes) {
  std::vector<std::string> lines;
  for (const PackageChange& change : changes) {
    const bool is_named = std::ranges::find(driver.driver_versioned, change.name) != driver.driver_versioned.end();
    if ((!is_named && !change.driver_versioned) || change.action == PackageAction::remove) continue;
    const auto version = change.version ? change.version : change.old_version;
    const bool is_exact = driver.package_version.empty() ? version && upstream_version(*version) == driver.version
                                                         : version == driver.package_version;
    if (!is_exact)
      lines.push_back(fmt::format("{}: its version would be {}, the driver's is {}", change.name,
                                  version.value_or("unknown"),
                                  driver.package_version.empty() ? driver.version : driver.package_version));
  }
  return lines;
}

Error not_as_planned(std::vector<std::string> because) {
  return Error{.kind = ErrorKind::changed,
               .message = "the package manager would not do what the plan lists",
               .because = std::move(because),
               .hints = {"plan again: the host or its repositories have changed"},
               .context = {}};
}

Result<std::vector<PackageChange>> simulate(const HostView& host, const InstallPackages& step,
                                            const ApplyOptions& options, const std::vector<PackageChange>& planned) {
  if (const auto dnf = dnf_generation(options.manager)) return simulate_with_dnf(host, *dnf, step, options, planned);
  const auto output = host.query(Command{.argv = for_this_run(simulate_argv(step), options), .environment = {}});
  if (!output) return fail(output.error().in("simulating the transaction"));
  if (output->exit_status != 0)
    return fail(not_as_planned(last_lines(output->out + output->err, lines_of_output_shown)));
  auto simulation = parse_simulation(output->out);
  if (!simulation) return fail(simulation.error().in("reading apt's simulation"));
  return std::move(simulation->changes);
}

Result<std::vector<PackageChange>> rehearse(const HostView& host, const Journal& journal, std::size_t index,
                                            const ApplyOptions& options) {
  const auto batch = simulate_batch(host, journal, index, options);
  if (!batch) return fail(batch.error());
  auto lines = differences(still_planned(journal), batch->of_all, batch->is_last);
  if (const auto& driver = journal.resolution.driver; driver && lines.empty()) {
    lines = mixed_versions(*driver, journal.closure.packages);
    if (lines.empty()) lines = mixed_versions(*driver, batch->of_all);
  }
  if (!lines.empty()) return fail(not_as_planned(std::move(lines)));
  return batch->of_first;
}

}  // namespace nvprov
