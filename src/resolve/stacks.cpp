#include "resolve/stacks.hpp"

#include <algorithm>

#include "base/append.hpp"

namespace nvprov {
namespace {

std::vector<Objection> against_source(const PackageSource& source, const Question& question) {
  std::vector<Objection> objections;
  const std::string& asked = question.request.source;
  // Told only where nothing is of that source: it is none of this distribution's, or has nothing for this machine.
  const PackageSource* known = find_source(question.distro, asked);
  if (asked != "auto" && asked != source.id)
    objections.push_back(
        {{RequirementKind::source, asked},
         {.reason = known == nullptr ? ConflictReason::source_unknown : ConflictReason::source_has_no_driver,
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

// Who insists on the installed driver is told what is wrong with it, where there is one.
void tell_what_is_broken(std::vector<Objection>& objections, const StayingDriver& staying) {
  if (!staying.broken) return;
  for (Objection& objection : objections)
    if (objection.conflict.reason == ConflictReason::no_installed_driver) objection.conflict = staying.broken->conflict;
}

}  // namespace

Stacks::Stacks(const Question& question, bool wants_driver)
    : question_(question),
      options_(source_options(question.facts, question.distro, question.request)),
      wants_driver_(wants_driver) {
  if (!wants_driver) return;
  staying_ = staying_driver(question);
  for (const SourceOption& option : options_) candidates_.emplace_back(*option.source, question);
}

void Stacks::visit(const Visit& visit) const {
  if (options_.empty()) return;
  if (!wants_driver_) {
    visit_without_driver(visit);
    return;
  }
  if (visit_staying(visit)) return;
  for (std::size_t i = 0; i < options_.size(); ++i)
    if (visit_candidates(options_[i], candidates_[i], visit)) return;
}

bool Stacks::visit_without_driver(const Visit& visit) const {
  std::optional<std::string> host_driver;
  if (question_.request.target == Target::host && question_.facts.driver.loaded)
    host_driver = question_.facts.driver.loaded->version;
  return std::ranges::any_of(options_, [&](const SourceOption& option) {
    Stack stack;
    stack.source = option.source;
    stack.source_reason = option.reason;
    stack.objections = against_source(*option.source, question_);
    stack.driver_version = host_driver;
    return visit(stack);
  });
}

// CUDA comes from where the driver came from; where that is not known, from any source.
bool Stacks::visit_staying(const Visit& visit) const {
  if (!staying_.answer) return false;
  Stack stack;
  stack.installed = &staying_;
  stack.staying = &*staying_.answer;
  stack.objections = staying_.objections;
  stack.driver_version = staying_.answer->choice.version;
  stack.source = staying_.answer->source;
  if (stack.source != nullptr) return visit(stack);
  return std::ranges::any_of(options_, [&](const SourceOption& option) {
    stack.source = option.source;
    return visit(stack);
  });
}

bool Stacks::visit_candidates(const SourceOption& option, const DriverCandidates& candidates,
                              const Visit& visit) const {
  const std::vector<Objection> elsewhere = against_source(*option.source, question_);
  for (std::size_t i = 0; i < candidates.releases(); ++i)
    for (const DriverCandidate& candidate : candidates.of(i)) {
      Stack stack;
      stack.source = option.source;
      stack.source_reason = option.reason;
      stack.installed = &staying_;
      stack.candidate = &candidate;
      stack.candidates = &candidates;
      stack.objections = elsewhere;
      append(stack.objections, candidate.objections);
      tell_what_is_broken(stack.objections, staying_);
      stack.driver_version = candidate.offer->version;
      if (visit(stack)) return true;
    }
  return false;
}

std::vector<std::vector<CudaCandidate>> cuda_of(const Stack& stack, const Question& question, CudaLook look) {
  std::vector<std::vector<CudaCandidate>> options;
  for (const std::string& asked : question.request.cuda)
    options.push_back(cuda_options(question, *stack.source, asked, stack.driver_version, look));
  return options;
}

}  // namespace nvprov
