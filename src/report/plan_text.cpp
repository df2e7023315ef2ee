#include "report/plan_text.hpp"

#include <fmt/format.h>

#include "base/dockerfile_quote.hpp"
#include "base/shell_quote.hpp"
#include "base/text.hpp"
#include "report/plan_sections.hpp"
#include "report/sentences.hpp"

namespace nvprov {
namespace {

template <class Item>
std::string sentences(const std::vector<Item>& items, const TextOptions& options) {
  std::string text;
  for (const Item& item : items) text += wrap(sentence(item), options.width, "  - ");
  return text;
}

std::string gpus(const Plan& plan) {
  if (!plan.gpus.empty()) return join(plan.gpus, ", ");
  return plan.resolution.target == Target::image ? "" : "none";
}

std::string purpose(const Plan& plan) {
  const bool image = plan.resolution.target == Target::image;
  return join(plan.resolution.profiles, ", ") + (image ? ", for a container image" : ", for a host");
}

std::string title_section(const Plan& plan, const TextOptions& options) {
  return section("Plan for " + plan.host, labelled({{"GPUs", gpus(plan)}, {"profile", purpose(plan)}}, options.width),
                 options);
}

std::string blockers_section(const Plan& plan, const TextOptions& options) {
  return section("Blockers: apply refuses until each is solved or agreed to", sentences(plan.blockers, options),
                 options, Paint::bad);
}

std::string rejected_section(const Plan& plan, const TextOptions& options) {
  if (options.verbosity < 1 && !options.explain) return "";
  std::string text;
  for (const RejectedCandidate& rejected : plan.resolution.rejected) {
    text += wrap(fmt::format("{}: {}", rejected.subject, sentence(rejected.conflict)), options.width, "  - ");
    for (const Source& source : rejected.conflict.sources) text += source_line(source, "    ");
  }
  return section("Looked at first and not taken", text, options);
}

std::string alternatives_section(const Plan& plan, const TextOptions& options) {
  if (!options.explain) return "";
  return section("Would do as well, and comes after it", sentences(plan.resolution.alternatives, options), options);
}

std::string losses_section(const Plan& plan, const TextOptions& options) {
  return section("What you will lose", sentences(plan.resolution.losses, options), options, Paint::bad);
}

std::string commands_section(std::string_view title, const std::vector<std::vector<std::string>>& commands,
                             const TextOptions& options) {
  std::string text;
  for (const auto& argv : commands) text += command_line(argv, options.width, "    ");
  return section(title, text, options);
}

// As lines to copy into a Dockerfile.
std::string environment_section(const Plan& plan, const TextOptions& options) {
  std::string text;
  for (const EnvironmentVariable& variable : plan.environment)
    text += fmt::format("    ENV {}={}\n", variable.name, dockerfile_quote(variable.value));
  return section("What the image's Dockerfile should carry", text, options);
}

bool is_done_already(const Plan& plan) { return plan.steps.empty() && plan.blockers.empty(); }

std::string nothing_to_do(const Plan& plan, const TextOptions& options) {
  return section("Nothing to do: what was asked for is already there",
                 labelled({{"host", plan.host},
                           {"GPUs", gpus(plan)},
                           {"profile", purpose(plan)},
                           {"driver", driver_words(plan)},
                           {"CUDA", cuda_words(plan)},
                           {"toolkit", toolkit_words(plan)},
                           {"catalog", catalog_words(plan, options)},
                           {"unknown", join(plan.unknowns, ", ")}},
                          options.width),
                 options) +
         (options.explain ? choice_section(plan, options) : "") + rejected_section(plan, options) +
         alternatives_section(plan, options) + losses_section(plan, options) +
         section("Notes", sentences(plan.notices, options), options, Paint::warning);
}

std::string whole_plan(const Plan& plan, const TextOptions& options) {
  return title_section(plan, options) + blockers_section(plan, options) + choice_section(plan, options) +
         rejected_section(plan, options) + alternatives_section(plan, options) + losses_section(plan, options) +
         section("Notes", sentences(plan.notices, options), options, Paint::warning) + steps_section(plan, options) +
         packages_section(plan, options) + outlook_section(plan, options) + environment_section(plan, options) +
         commands_section("To undo", plan.undo, options) +
         commands_section("The package manager's own commands for the same packages", plan.equivalent, options);
}

}  // namespace

std::string section(std::string_view title, const std::string& body, const TextOptions& options, Paint as) {
  return body.empty() ? "" : paint(title, as, options) + "\n" + body + "\n";
}

std::string plan_text(const Plan& plan, const TextOptions& options) {
  std::string text = is_done_already(plan) ? nothing_to_do(plan, options) : whole_plan(plan, options);
  text.pop_back();  // the empty line after the last section
  return text;
}

}  // namespace nvprov
