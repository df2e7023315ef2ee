#include "cli/plan_to_lock.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/config.hpp"
#include "cli/load_data.hpp"
#include "cli/lock_files.hpp"
#include "cli/planning.hpp"
#include "detect/owned_files.hpp"
#include "lock/lock_difference.hpp"
#include "lock/make_lock.hpp"
#include "report/lock_text.hpp"
#include "resolve/resolve.hpp"

namespace nvprov {
namespace {

Error leads_elsewhere(const Agreement& agreement, const std::vector<LockDifference>& differences) {
  Error error{.kind = ErrorKind::changed,
              .message = fmt::format("no plan made now leads this host to what `{}` has", agreement.file),
              .because = {},
              .hints = {"`nvprov lock --update FILE` shows what it would be today"},
              .context = {}};
  if (agreement.bundle) error.hints = {"make a bundle for this host, of the facts `nvprov detect --json` prints here"};
  for (const LockDifference& each : differences) error.because.push_back(difference_words(each));
  return error;
}

// What the bundle is for and this host is not.
Status check_fits(const Bundle& bundle, const HostFacts& facts, const Catalog& catalog, const std::string& file) {
  const Distro* distro = distro_of(facts, catalog);
  const std::string here = distro != nullptr ? distro->id : std::string("a system nvprov does not know");
  if (bundle.distro == here && bundle.architecture == facts.architecture) return {};
  return fail(ErrorKind::usage, fmt::format("`{}` is for {} on {}", file, bundle.distro, bundle.architecture),
              {fmt::format("this host is {} on {}", here, facts.architecture)},
              {"make one for it, of the facts `nvprov detect --json` prints here"});
}

}  // namespace

Outcome<Agreement> agreement_of(Host& machine, const HostView& host, const GlobalOptions& global,
                                const ApplyCommand& options, const Clock& clock, bool installs) {
  Agreement agreement;
  if (options.lock) {
    auto lock = read_lock_file(machine, *options.lock);
    if (!lock) return tl::unexpected(lock.error());
    agreement.lock = std::move(*lock);
    agreement.file = *options.lock;
  }
  if (!options.bundle) return agreement;
  auto opened =
      OpenedBundle::open(machine, {.path = *options.bundle, .key = options.key}, options.plan.target.root, installs);
  if (!opened) return give_up(opened.error());
  auto data = load_data(machine, global);
  if (!data) return tl::unexpected(data.error());
  const HostFacts facts = facts_for_lock(host, data->catalog, format_date(clock.seconds()));
  if (const Status fits = check_fits(opened->bundle(), facts, data->catalog, *options.bundle); !fits)
    return give_up(fits.error());
  agreement.bundle = std::make_unique<OpenedBundle>(std::move(*opened));
  agreement.lock = agreement.bundle->lock();
  agreement.file = *options.bundle;
  const auto network = network_settings(machine, options.plan.network);
  if (!network) return tl::unexpected(network.error());
  auto web = agreement.bundle->access(*network);
  if (!web) return give_up(web.error());
  agreement.web = std::move(*web);
  return agreement;
}

Outcome<Plan> plan_to_lock(Host& machine, const HostView& host, const GlobalOptions& global, const PlanCommand& options,
                           const Agreement& agreement, const Clock& clock, Terminal& terminal) {
  const Lockfile& lock = *agreement.lock;
  PlanCommand asked = options;
  asked.request = request_of_lock(lock);
  auto plan = plan_for(machine, global, asked, clock, terminal, agreement.web);
  if (!plan) return plan;
  auto data = load_data(machine, global);
  if (!data) return tl::unexpected(data.error());
  const HostFacts facts = facts_for_lock(host, data->catalog, format_date(clock.seconds()));
  const auto planned = make_lock(*plan, facts, std::nullopt);
  if (!planned) return give_up(planned.error());
  const auto found = differences_to_lock(lock, *planned, facts, look_at_files(host, facts.architecture, lock.files));
  if (!found.empty()) return give_up(leads_elsewhere(agreement, found));
  return plan;
}

}  // namespace nvprov
