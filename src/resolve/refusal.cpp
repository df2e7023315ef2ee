#include "resolve/refusal.hpp"

#include <algorithm>

#include "base/append_new.hpp"
#include "base/text.hpp"
#include "base/version.hpp"
#include "resolve/gpu_rules.hpp"
#include "resolve/remedies.hpp"
#include "resolve/stacks.hpp"

namespace nvprov {
namespace {

using Sets = std::vector<RequirementSet>;

// Of one request for CUDA: what each release violates.
struct CudaOptions {
  Requirement asked;
  std::vector<std::vector<Objection>> releases;
};

// A stack with all that can be said against it.
struct JudgedStack {
  const PackageSource* source = nullptr;
  const DriverOffer* offer = nullptr;
  std::vector<Objection> objections;
  std::vector<CudaOptions> cuda;  // for each request
};

std::vector<JudgedStack> judge_all(const Question& question, bool wants_driver) {
  std::vector<JudgedStack> all;
  visit_stacks(question, wants_driver, [&](const Stack& stack) {
    const DriverOffer* offer = stack.candidate != nullptr ? stack.candidate->offer : nullptr;
    JudgedStack judged{.source = stack.source, .offer = offer, .objections = stack.objections, .cuda = {}};
    const auto options = cuda_of(stack, question, CudaLook::all);
    for (std::size_t i = 0; i < options.size(); ++i) {
      judged.cuda.push_back({{RequirementKind::cuda, question.request.cuda[i]}, {}});
      for (const CudaCandidate& option : options[i]) judged.cuda.back().releases.push_back(option.objections);
    }
    all.push_back(std::move(judged));
    return false;
  });
  return all;
}

// --- what each way to take a stack violates ---

Sets sets_of(const CudaOptions& options, const std::vector<Requirement>& requirements) {
  Sets sets;
  for (const std::vector<Objection>& objections : options.releases)
    sets.push_back(violated_by(objections, requirements));
  return minimal_sets(std::move(sets));
}

Sets sets_of(const JudgedStack& stack, const std::vector<Requirement>& requirements) {
  Sets sets = {violated_by(stack.objections, requirements)};
  for (const CudaOptions& options : stack.cuda) {
    Sets combined;
    for (const RequirementSet one : sets_of(options, requirements))
      for (const RequirementSet other : sets) combined.push_back(one | other);
    sets = minimal_sets(std::move(combined));
  }
  return sets;
}

Sets sets_of(const std::vector<JudgedStack>& stacks, const std::vector<Requirement>& requirements) {
  Sets all;
  for (const JudgedStack& stack : stacks) append_new(all, sets_of(stack, requirements));
  return all;
}

// --- the facts behind the core ---

bool holds_to(const JudgedStack& stack, const Requirement& requirement) {
  return std::ranges::find(stack.objections, requirement, &Objection::requirement) == stack.objections.end();
}

// As far as its driver and source go.
bool holds_to_all(const JudgedStack& stack, const std::vector<Requirement>& core) {
  return std::ranges::all_of(core, [&](const Requirement& requirement) { return holds_to(stack, requirement); });
}

// Whether a stack has a release that is asked for, whatever else is against it.
bool offers_cuda(const JudgedStack& stack, const Requirement& asked) {
  return std::ranges::any_of(stack.cuda, [&](const CudaOptions& options) {
    return options.asked == asked && options.releases.size() > 1;  // the last is to go without
  });
}

bool is_about_module(const Conflict& conflict) {
  return conflict.reason == ConflictReason::gpu_needs_open_module ||
         conflict.reason == ConflictReason::gpu_needs_proprietary_module;
}

bool is_about_what_is_asked(const Conflict& conflict) {
  return conflict.reason == ConflictReason::driver_not_offered || conflict.reason == ConflictReason::source_unknown ||
         conflict.reason == ConflictReason::source_has_no_driver ||
         conflict.reason == ConflictReason::module_not_asked_for ||
         conflict.reason == ConflictReason::no_installed_driver;
}

bool is_in(const std::vector<Requirement>& core, RequirementKind kind) {
  return std::ranges::find(core, kind, &Requirement::kind) != core.end();
}

// That a stack is not what was asked for needs no words where others are; nor does a module that does not fit where the
// same release comes with the other one. Where a driver and a module were asked for, what is not that driver needs
// none.
bool goes_without_saying(const Objection& objection, const JudgedStack& of, const std::vector<JudgedStack>& stacks,
                         const std::vector<Requirement>& core) {
  if (objection.is_implied) return true;
  if (objection.conflict.reason == ConflictReason::cuda_not_offered)
    return std::ranges::any_of(stacks, [&](const JudgedStack& other) {
      return holds_to_all(other, core) && offers_cuda(other, objection.requirement);
    });
  if (is_about_module(objection.conflict) && !is_in(core, RequirementKind::module))
    return std::ranges::any_of(stacks, [&](const JudgedStack& other) {
      return &other != &of && other.offer == of.offer && other.offer != nullptr;
    });
  if (!is_about_what_is_asked(objection.conflict)) return false;
  if (objection.requirement.kind == RequirementKind::module && is_in(core, RequirementKind::driver)) return false;
  return std::ranges::any_of(stacks, [&](const JudgedStack& other) { return holds_to(other, objection.requirement); });
}

// What a source offers in place of a driver it has not.
std::string offered_drivers(const PackageSource& source) {
  std::vector<std::string> offered;
  for (const DriverOffer& offer : source.drivers)
    append_new(offered, {source.family.empty() ? offer.version : offer.branch});
  return join(offered, ", ");
}

// The facts of a core, by requirement; what differs only in what it is held against becomes one.
class Facts {
 public:
  Facts(std::vector<Requirement> core, bool says_all)
      : core_(std::move(core)), found_(core_.size()), says_all_(says_all) {}

  // The first of these that is about the core; whether there is one.
  bool add_first(const std::vector<Objection>& objections, const JudgedStack& stack,
                 const std::vector<JudgedStack>& stacks) {
    if (!says_all_ && is_beside_the_point(objections, stack, stacks)) return true;
    for (std::size_t i = 0; i < core_.size(); ++i) {
      const auto objection = std::ranges::find(objections, core_[i], &Objection::requirement);
      if (objection == objections.end()) continue;
      add(found_[i], objection->conflict, *stack.source);
      return true;
    }
    return false;
  }

  std::vector<Conflict> all() const {
    std::vector<Conflict> conflicts;
    for (const std::vector<Conflict>& found : found_) append_new(conflicts, found);
    return conflicts;
  }

 private:
  bool is_beside_the_point(const std::vector<Objection>& objections, const JudgedStack& stack,
                           const std::vector<JudgedStack>& stacks) const {
    return std::ranges::any_of(objections, [&](const Objection& objection) {
      return std::ranges::find(core_, objection.requirement) != core_.end() &&
             goes_without_saying(objection, stack, stacks, core_);
    });
  }

  void add(std::vector<Conflict>& found, Conflict conflict, const PackageSource& source) const {
    if (conflict.reason == ConflictReason::driver_not_offered) conflict.limit = offered_drivers(source);
    // Which module is meant was said by who asked for it.
    if (is_about_module(conflict) && is_in(core_, RequirementKind::module)) conflict.other.clear();
    const auto same = std::ranges::find_if(found, [&](const Conflict& other) {
      return other.reason == conflict.reason && other.limit == conflict.limit &&
             (other.subject == conflict.subject || is_about_cuda_and_gpu(conflict));
    });
    if (same == found.end())
      found.push_back(std::move(conflict));
    else if (conflict.reason == ConflictReason::cuda_needs_newer_driver)
      same->other = std::max(same->other, conflict.other,
                             [](const auto& left, const auto& right) { return compare_versions(left, right) < 0; });
    else if (!is_about_cuda_and_gpu(conflict))
      append_word(same->other, conflict.other);
  }

  // Of several releases that do not run on a GPU the first says enough: it is the one that was asked for.
  static bool is_about_cuda_and_gpu(const Conflict& conflict) {
    return conflict.reason == ConflictReason::cuda_drops_gpu || conflict.reason == ConflictReason::cuda_too_old_for_gpu;
  }

  static void append_word(std::string& list, const std::string& word) {
    const std::vector<std::string> known = split(replace_all(list, ", ", ","), ',');
    if (std::ranges::find(known, word) == known.end()) list += ", " + word;
  }

  std::vector<Requirement> core_;
  std::vector<std::vector<Conflict>> found_;
  bool says_all_ = false;
};

void add_cuda_facts(Facts& facts, const JudgedStack& stack, const std::vector<JudgedStack>& stacks) {
  for (const CudaOptions& options : stack.cuda) {
    bool all_barred = true;
    for (const std::vector<Objection>& objections : options.releases)
      all_barred = facts.add_first(objections, stack, stacks) && all_barred;
    if (all_barred) return;
  }
}

std::vector<Gpu> gpus_of(const std::vector<Requirement>& core, const std::vector<Gpu>& gpus) {
  std::vector<Gpu> found;
  for (const Gpu& gpu : distinct_gpus(gpus))
    if (std::ranges::find(core, Requirement{RequirementKind::gpu, gpu.name}) != core.end()) found.push_back(gpu);
  return found;
}

// Where the core holds to one source, what others have is beside the point.
std::vector<JudgedStack> from_source_asked_for(const std::vector<JudgedStack>& stacks,
                                               const std::vector<Requirement>& core) {
  const auto source = std::ranges::find(core, RequirementKind::source, &Requirement::kind);
  if (source == core.end()) return stacks;
  std::vector<JudgedStack> held;
  for (const JudgedStack& stack : stacks)
    if (holds_to(stack, *source)) held.push_back(stack);
  return held.empty() ? stacks : held;
}

std::vector<Conflict> facts_of(const std::vector<Requirement>& core, const std::vector<JudgedStack>& stacks,
                               const Question& question) {
  const std::vector<Gpu> gpus = gpus_of(core, question.facts.gpus);
  if (gpus.size() == core.size() && gpus.size() > 1)
    if (auto pairs = excluding_pairs(gpus, question.catalog); !pairs.empty()) return pairs;
  const std::vector<JudgedStack> in_question = from_source_asked_for(stacks, core);
  // Where everything goes without saying, all of it is said.
  for (const bool says_all : {false, true}) {
    Facts facts(core, says_all);
    for (const JudgedStack& stack : in_question)
      if (!facts.add_first(stack.objections, stack, in_question)) add_cuda_facts(facts, stack, in_question);
    if (std::vector<Conflict> all = facts.all(); !all.empty()) return all;
  }
  return {};
}

// No source has anything for machines of this kind.
Impasse nothing_for(const Question& question) {
  Impasse impasse;
  impasse.refusal.requirements = {{RequirementKind::machine, question.facts.architecture}};
  impasse.refusal.conflicts = {{.reason = ConflictReason::unsupported_architecture,
                                .subject = question.distro.name,
                                .other = question.facts.architecture,
                                .limit = {},
                                .sources = question.distro.sources}};
  return impasse;
}

}  // namespace

Impasse impasse_of(const Question& question, bool wants_driver) {
  const std::vector<Requirement> requirements = requirements_of(question.facts, question.request, wants_driver);
  const std::vector<JudgedStack> stacks = judge_all(question, wants_driver);
  if (stacks.empty()) return nothing_for(question);
  const Sets violated = sets_of(stacks, requirements);
  Impasse impasse;
  impasse.refusal.requirements = members_of(smallest_core(violated).value_or(0), requirements);
  impasse.refusal.conflicts = facts_of(impasse.refusal.requirements, stacks, question);
  for (const RequirementSet set : minimal_sets(violated)) {
    std::vector<Requirement> way = members_of(set, requirements);
    if (std::ranges::all_of(way, is_changeable)) impasse.ways_out.push_back(std::move(way));
  }
  // Of two that are equally short, to ask for something else is easier than to take out a GPU.
  std::ranges::stable_sort(impasse.ways_out, {}, [](const std::vector<Requirement>& way) {
    return std::pair(way.size(), std::ranges::count(way, RequirementKind::gpu, &Requirement::kind));
  });
  return impasse;
}

}  // namespace nvprov
