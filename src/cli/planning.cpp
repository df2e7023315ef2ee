#include "cli/planning.hpp"

#include <memory>

#include "base/append_new.hpp"
#include "base/text.hpp"
#include "catalog/catalog.hpp"
#include "cli/asked.hpp"
#include "cli/consult_sources.hpp"
#include "cli/download_progress.hpp"
#include "cli/overlay_inputs.hpp"
#include "cli/package_asker.hpp"
#include "closure/closure.hpp"
#include "closure/closure_cache.hpp"
#include "host/posix_host.hpp"
#include "host/unseen_host.hpp"
#include "plan/leftovers.hpp"
#include "plan/make_plan.hpp"
#include "resolve/resolve.hpp"

namespace nvprov {
namespace {

// What an answer is kept under: what the plan adds, and what it asks for before any repository was asked.
ConsultedRepositories question_of(const Preparations& preparations) {
  return {.entries = {},
          .added = preparations.setup.repositories,
          .preferences = preparations.holds,
          .keys = {},
          .removed = {},
          .enabled = {},
          .files = {},
          .unfiltered = {}};
}

// The machine the plan is for, as far as it can be read: nothing of this one where it is another.
struct TargetView {
  std::unique_ptr<Host> root;
  std::unique_ptr<HostView> unseen;
  const HostView& view;
};
TargetView target_of(const HostView& machine, const TargetOptions& options) {
  if (options.root) {
    auto root = make_posix_host(*options.root);
    const HostView& view = *root;
    return {std::move(root), nullptr, view};
  }
  if (!options.facts && !options.distro) return {nullptr, nullptr, machine};
  auto unseen = make_unseen_host();
  const HostView& view = *unseen;
  return {nullptr, std::move(unseen), view};
}

// A plan that needs nothing of a repository needs no metadata either.
bool needs_packages(const Asked& asked) {
  const auto resolution = resolve_without_remedies(asked.facts, *asked.catalog, asked.request, {});
  return !resolution || !prepare(asked.facts, *asked.catalog, asked.request, *resolution, {}).transactions.empty();
}

// The name answers to this question are kept under: what would be asked without any repository's word. "" where there
// is no answer without it.
std::string question_key(const HostView& target, const HostView& machine, const Asked& asked) {
  const auto blind = resolve_without_remedies(asked.facts, *asked.catalog, asked.request, {});
  if (!blind) return {};
  const auto setup = setup_for(target, machine, asked, *blind, true);
  if (!setup) return {};
  const Preparations preparations = prepare(asked.facts, *asked.catalog, asked.request, *blind, *setup);
  return closure_key(asked.facts, question_of(preparations), preparations.transactions);
}

// A plan nobody was asked for, which says so.
Plan unasked_plan(const Asked& asked, const Resolution& resolution, const Preparations& preparations,
                  const Closure& closure) {
  Plan plan = make_plan(asked.facts, *asked.catalog, resolution, preparations, closure, asked.inputs);
  plan.notices.push_back({.kind = NoticeKind::metadata_offline,
                          .subject = asked.inputs.metadata.fetched_at.value_or(""),
                          .other = {},
                          .limit = {}});
  return plan;
}

// Without the network: what the package manager answered to the very same question, if it was asked once.
Outcome<Plan> plan_offline(const HostView& machine, Asked asked, const PlanCommand& options) {
  const auto resolution = resolve_asked(asked);
  if (!resolution) return tl::unexpected(resolution.error());
  const TargetView target = target_of(machine, options.target);
  const auto setup = setup_for(target.view, machine, asked, *resolution, true);
  if (!setup) return give_up(setup.error());
  const Preparations preparations = prepare(asked.facts, *asked.catalog, asked.request, *resolution, *setup);
  if (preparations.transactions.empty())
    return make_plan(asked.facts, *asked.catalog, *resolution, preparations, {}, asked.inputs);
  const std::string key = closure_key(asked.facts, question_of(preparations), preparations.transactions);
  const auto found = find_cached_closure(machine, cache_folder(machine), key);
  if (!found) return unasked_plan(asked, *resolution, preparations, {});
  asked.inputs.metadata.digest = found->metadata_digest;
  asked.inputs.metadata.fetched_at = found->fetched_at;
  const Preparations again = prepare(asked.facts, *asked.catalog, asked.request, found->resolution, *setup);
  return unasked_plan(asked, found->resolution, again, found->closure);
}

using ClosureAnswer = tl::expected<Closure, Unsatisfiable>;

// The closure in which every part of the driver has its version and nothing of another driver is left beside it:
// parts that would drift are asked for by name, those that would be left are asked to leave.
Result<ClosureAnswer> close_at_one_version(PackageAsker& asker, const Asked& asked,
                                           const ConsultedRepositories& repositories, const Resolution& resolution,
                                           std::vector<InstallPackages>& transactions) {
  constexpr int rounds = 8;
  const std::vector<PackageRequest> exact = exact_versions(resolution);
  for (int i = 1;; ++i) {
    auto closure = asker.close(asked.facts, repositories, transactions, exact);
    if (!closure || !*closure || i == rounds) return closure;
    const auto more = one_version_requests(**closure, resolution);
    const auto left = leftovers(asked.facts, *asked.catalog, resolution, **closure);
    if (more.empty() && left.empty()) return closure;
    append_new(transactions.back().packages, more);
    append_new(transactions.back().leaving, left);
  }
}

Outcome<Plan> plan_online(Host& machine, Asked asked, const PlanCommand& options, Terminal& terminal) {
  const Distro* distro = distro_of(asked.facts, *asked.catalog);
  // Where there is nothing to ask for, nobody is asked.
  if (distro == nullptr || distro->not_supported) return plan_offline(machine, std::move(asked), options);
  const TargetView target = target_of(machine, options.target);
  const InsideRootGuard guard(machine, dnf_of(asked.facts) ? options.target.root : std::nullopt);
  asked.web.fetch.watch.on_progress = progress_on(terminal, "indexes");
  const std::unique_ptr<PackageAsker> asker = asker_for(machine, target.root.get(), asked, options);
  const auto resolution = resolve_with_metadata(*asker, machine, target.view, asked, *distro, terminal);
  terminal.settle();
  if (!resolution) return tl::unexpected(resolution.error());
  const auto setup = setup_for(target.view, machine, asked, *resolution, false);
  if (!setup) return give_up(setup.error());
  Preparations preparations = prepare(asked.facts, *asked.catalog, asked.request, *resolution, *setup);
  if (preparations.transactions.empty())
    return make_plan(asked.facts, *asked.catalog, *resolution, preparations, {}, asked.inputs);
  ConsultedRepositories repositories = consulted(asked, preparations.setup);
  repositories.preferences = preparations.holds;
  auto closure = close_at_one_version(*asker, asked, repositories, *resolution, preparations.transactions);
  terminal.settle();
  if (!closure) return give_up(closure.error());
  if (!*closure) return give_up(Refusal{closure->error(), asked.words});
  // Only a convenience for `--offline`: a cache that cannot be written to is no reason to refuse a plan.
  if (const std::string key = question_key(target.view, machine, asked); !key.empty())
    (void)store_closure(machine, cache_folder(machine), key,
                        {.resolution = *resolution,
                         .closure = **closure,
                         .metadata_digest = asked.inputs.metadata.digest,
                         .fetched_at = asked.inputs.metadata.fetched_at});
  return make_plan(asked.facts, *asked.catalog, *resolution, preparations, **closure, asked.inputs);
}

}  // namespace

Outcome<Plan> plan_for(Host& machine, const GlobalOptions& global, const PlanCommand& options, const Clock& clock,
                       Terminal& terminal, const WebAccess& web) {
  auto asked = gather(machine, global, options, format_date(clock.seconds()));
  if (!asked) return tl::unexpected(asked.error());
  asked->web = web;
  if (web.mirrors) asked->network.mirrors = *web.mirrors;
  return plan_asked(machine, std::move(*asked), options, terminal);
}

Outcome<Plan> plan_asked(Host& machine, Asked asked, const PlanCommand& options, Terminal& terminal) {
  const bool ask =
      !options.offline && can_ask(machine, target_of(machine, options.target).view, asked) && needs_packages(asked);
  const std::vector<OverlaidRecord> records = records_in_question(asked);
  auto plan = ask ? plan_online(machine, std::move(asked), options, terminal)
                  : plan_offline(machine, std::move(asked), options);
  if (plan) name_deciding(*plan, records);
  return plan;
}

Outcome<Plan> plan_recorded(const HostView& machine, const Asked& asked) {
  const auto resolution = resolve_asked(asked);
  if (!resolution) return tl::unexpected(resolution.error());
  const auto unseen = make_unseen_host();
  const auto setup = setup_for(*unseen, machine, asked, *resolution, true);
  if (!setup) return give_up(setup.error());
  const Preparations preparations = prepare(asked.facts, *asked.catalog, asked.request, *resolution, *setup);
  Plan plan = preparations.transactions.empty()
                  ? make_plan(asked.facts, *asked.catalog, *resolution, preparations, {}, asked.inputs)
                  : unasked_plan(asked, *resolution, preparations, {});
  name_deciding(plan, records_in_question(asked));
  return plan;
}

}  // namespace nvprov
