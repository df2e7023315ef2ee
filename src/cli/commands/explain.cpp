#include "explain/explain.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "catalog/expand_families.hpp"
#include "cli/commands/commands.hpp"
#include "cli/load_data.hpp"
#include "cli/locale.hpp"
#include "cli/planning.hpp"
#include "cli/saved_plan.hpp"
#include "cli/target_facts.hpp"
#include "report/explanation_text.hpp"
#include "report/sentences.hpp"

namespace nvprov {
namespace {

// The data, and what of a machine or a plan was asked about.
struct AskedAbout {
  Catalog catalog;
  std::vector<Concept> concepts;
  Language language = Language::en;
  std::optional<Here> here;
  std::optional<Plan> plan;
  std::string why_no_plan;
};

Knowledge knowledge_of(const AskedAbout& asked) {
  return {.catalog = asked.catalog,
          .concepts = asked.concepts,
          .language = asked.language,
          .here = asked.here ? &*asked.here : nullptr,
          .plan = {.plan = asked.plan ? &*asked.plan : nullptr, .why_not = asked.why_no_plan}};
}

std::string first_sentence(const Failure& failure) {
  struct Visitor {
    std::string operator()(const Error& error) const { return error.message; }
    std::string operator()(const Diagnostics& problems) const { return problems.front().message; }
    std::string operator()(const Refusal& refusal) const { return sentence(refusal.refusal.conflicts.front()); }
  };
  return std::visit(Visitor{}, failure);
}

Outcome<AskedAbout> load_asked(const HostView& machine, const GlobalOptions& global, const ExplainCommand& options) {
  auto data = load_data(machine, global);
  if (!data) return tl::unexpected(data.error());
  expand_families(data->catalog);  // what there is on every distribution may be asked
  auto concepts = load_concept_data(machine, global);
  if (!concepts) return tl::unexpected(concepts.error());
  AskedAbout asked{.catalog = std::move(data->catalog),
                   .concepts = std::move(*concepts),
                   .language = options.language ? *options.language : language_of_locale(machine),
                   .here = std::nullopt,
                   .plan = std::nullopt,
                   .why_no_plan = {}};
  if (!options.saved_plan) return asked;
  auto plan = read_saved_plan(machine, *options.saved_plan);
  if (!plan) return tl::unexpected(plan.error());
  asked.plan = std::move(*plan);
  return asked;
}

// The plan of the machine asked about, without network and root: from the catalog and the cache of earlier plans.
void make_own_plan(AskedAbout& asked, Host& machine, const GlobalOptions& global, PlanCommand options,
                   const Clock& clock, Terminal& terminal) {
  options.offline = true;
  auto plan = plan_for(machine, global, options, clock, terminal);
  if (plan)
    asked.plan = std::move(*plan);
  else
    asked.why_no_plan = first_sentence(plan.error());
}

bool is_on_plan(const AskedAbout& asked, const std::string& name) {
  return asked.plan && std::ranges::find(asked.plan->closure.packages, name, &PackageChange::name) !=
                           asked.plan->closure.packages.end();
}

// A saved plan has packages no catalog names: libraries of the distribution that come along.
Result<std::vector<NamedThing>> meanings_of(const AskedAbout& asked, const std::string& name) {
  auto found = find_meanings(name, asked.catalog, asked.concepts);
  if (!found && is_on_plan(asked, name)) return std::vector<NamedThing>{{Meaning::package, name}};
  return found;
}

ExplainedName name_of(const NamedThing& thing, const AskedAbout& asked) {
  return {.kind = std::string(to_word(thing.meaning)),
          .name = thing.id,
          .title = thing_title(thing, asked.catalog, asked.concepts, asked.language)};
}

std::vector<ExplainedName> names_of(const std::vector<NamedThing>& things, const AskedAbout& asked) {
  std::vector<ExplainedName> names;
  for (const NamedThing& thing : things) names.push_back(name_of(thing, asked));
  return names;
}

std::vector<NamedThing> every_concept(const AskedAbout& asked) {
  std::vector<NamedThing> things;
  for (const Concept& each : asked.concepts) things.push_back({Meaning::concept_, each.id});
  return things;
}

ExitCode list_names(const std::vector<NamedThing>& things, const AskedAbout& asked, const std::string& typed,
                    const GlobalOptions& global, Terminal& terminal) {
  const std::vector<ExplainedName> names = names_of(things, asked);
  const TextOptions options = text_options(terminal, global);
  if (global.json)
    terminal.answer(format_json(explanation_to_json(typed, names, nullptr, asked.language)));
  else
    terminal.answer(typed.empty() ? concepts_text(names, asked.language, options)
                                  : meanings_text(typed, names, asked.language, options));
  return ExitCode::done;
}

ExitCode explain_one(const NamedThing& thing, const AskedAbout& asked, const std::string& typed,
                     const GlobalOptions& global, Terminal& terminal) {
  const Explanation explanation = explain(thing, knowledge_of(asked));
  if (global.json)
    terminal.answer(format_json(explanation_to_json(typed, {name_of(thing, asked)}, &explanation, asked.language)));
  else
    terminal.answer(explanation_text(explanation, asked.language, text_options(terminal, global)));
  return ExitCode::done;
}

}  // namespace

ExitCode run_explain(Host& machine, const GlobalOptions& global, const ExplainCommand& options, const Clock& clock,
                     Terminal& terminal) {
  auto asked = load_asked(machine, global, options);
  if (!asked) return print_failure(terminal, global, asked.error());
  const std::string typed(trim(options.name));
  if (typed.empty()) return list_names(every_concept(*asked), *asked, typed, global, terminal);
  const auto things = meanings_of(*asked, typed);
  if (!things) return print_failure(terminal, global, Failure{things.error()});
  if (things->size() > 1) return list_names(*things, *asked, typed, global, terminal);
  if (!asked->plan) {
    auto facts =
        target_facts(machine, asked->catalog, options.plan.target, options.plan.request, format_date(clock.seconds()));
    if (!facts) return print_failure(terminal, global, facts.error());
    asked->here = look_here(*facts, asked->catalog, options.plan.request);
    if (things->front().meaning == Meaning::package)
      make_own_plan(*asked, machine, global, options.plan, clock, terminal);
  }
  return explain_one(things->front(), *asked, typed, global, terminal);
}

}  // namespace nvprov
