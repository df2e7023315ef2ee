#include "resolve/stacks.hpp"

#include <algorithm>

#include "base/append.hpp"
#include "resolve/source_choice.hpp"

namespace nvprov {
namespace {

using Visit = std::function<bool(const Stack&)>;

std::vector<Objection> against_source(const PackageSource& source, const Question& question) {
  std::vector<Objection> objections;
  const std::string& asked = question.request.source;
  // Told only where nothing is of that source: it is none of this distribution's, or has nothing for this machine.
  const PackageSource* known = find_source(question.distro, asked);
  if (asked != "auto" && asked != source.id)
    objections.push_back({{RequirementKind::source, asked},
                          {.reason = known == nullptr ? ConflictReason::source_unknown
                                                      : ConflictReason::source_has_no_driver,
                           .subject = known == nullptr ? asked : known->title,
                           .other = question.distro.name,
                           .limit = {},
                           .sources = {}}});
  const auto& end = question.distro.end_of_life;
  if (question.request.strict && end && *end < question.facts.observed_on)
    objections.push_back({{RequirementKind::strict, {}},
                          {.reason = ConflictReason::support_is_over,
                           .subject = question.distro.name,
                           .other = {},
                           .limit = *end,
                           .sources = question.distro.sources}});
  return objections;
}

bool visit_without_driver(const Question& question, const std::vector<SourceOption>& options, const Visit& visit) {
  std::optional<std::string> host_driver;
  if (question.request.target == Target::host && question.facts.driver.loaded)
    host_driver = question.facts.driver.loaded->version;
  return std::ranges::any_of(options, [&](const SourceOption& option) {
    Stack stack;
    stack.source = option.source;
    stack.source_reason = option.reason;
    stack.objections = against_source(*option.source, question);
    stack.driver_version = host_driver;
    return visit(stack);
  });
}

// CUDA comes from where the driver came from; where that is not known, from any source.
bool visit_staying(const StayingDriver& staying, const std::vector<SourceOption>& options, const Visit& visit) {
  if (!staying.answer) return false;
  Stack stack;
  stack.installed = &staying;
  stack.staying = &*staying.answer;
  stack.objections = staying.objections;
  stack.driver_version = staying.answer->choice.version;
  stack.source = staying.answer->source;
  if (stack.source != nullptr) return visit(stack);
  return std::ranges::any_of(options, [&](const SourceOption& option) {
    stack.source = option.source;
    return visit(stack);
  });
}

// Who insists on the installed driver is told what is wrong with it, where there is one.
void tell_what_is_broken(std::vector<Objection>& objections, const StayingDriver& staying) {
  if (!staying.broken) return;
  for (Objection& objection : objections)
    if (objection.conflict.reason == ConflictReason::no_installed_driver) objection.conflict = staying.broken->conflict;
}

bool visit_offers(const Question& question, const SourceOption& option, const StayingDriver& staying,
                  const Visit& visit) {
  const std::vector<DriverCandidate> candidates = driver_candidates(*option.source, question);
  const std::vector<Objection> elsewhere = against_source(*option.source, question);
  return std::ranges::any_of(candidates, [&](const DriverCandidate& candidate) {
    Stack stack;
    stack.source = option.source;
    stack.source_reason = option.reason;
    stack.installed = &staying;
    stack.candidate = &candidate;
    stack.candidates = &candidates;
    stack.objections = elsewhere;
    append(stack.objections, candidate.objections);
    tell_what_is_broken(stack.objections, staying);
    stack.driver_version = candidate.offer->version;
    return visit(stack);
  });
}

}  // namespace

void visit_stacks(const Question& question, bool wants_driver, const Visit& visit) {
  const std::vector<SourceOption> options = source_options(question.facts, question.distro, question.request);
  if (options.empty()) return;
  if (!wants_driver) {
    visit_without_driver(question, options, visit);
    return;
  }
  const StayingDriver staying = staying_driver(question);
  if (visit_staying(staying, options, visit)) return;
  for (const SourceOption& option : options)
    if (visit_offers(question, option, staying, visit)) return;
}

std::vector<std::vector<CudaCandidate>> cuda_of(const Stack& stack, const Question& question, CudaLook look) {
  std::vector<std::vector<CudaCandidate>> options;
  for (const std::string& asked : question.request.cuda)
    options.push_back(cuda_options(question, *stack.source, asked, stack.driver_version, look));
  return options;
}

}  // namespace nvprov
