#include "resolve/refusal.hpp"

#include <algorithm>
#include <bit>
#include <map>

#include "base/append_new.hpp"
#include "base/text.hpp"
#include "base/version.hpp"
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
  std::optional<std::string> driver_version;
  std::vector<Objection> objections;
};

std::vector<JudgedStack> judge_all(const Stacks& stacks) {
  std::vector<JudgedStack> all;
  stacks.visit([&](const Stack& stack) {
    all.push_back({.source = stack.source,
                   .offer = stack.candidate != nullptr ? stack.candidate->offer : nullptr,
                   .driver_version = stack.driver_version,
                   .objections = stack.objections});
    return false;
  });
  return all;
}

// What each request for CUDA gets on the drivers of a machine: judged where somebody asks, once for each driver.
class CudaJudge {
 public:
  explicit CudaJudge(const Question& question) : question_(question) {}

  const std::vector<CudaOptions>& on(const JudgedStack& stack) {
    const auto [at, is_new] = judged_.try_emplace({stack.source, stack.driver_version.value_or("")});
    if (is_new)
      for (const std::string& asked : question_.request.cuda)
        at->second.push_back(judge(asked, *stack.source, stack.driver_version));
    return at->second;
  }

 private:
  CudaOptions judge(const std::string& asked, const PackageSource& source, const std::optional<std::string>& driver) {
    CudaOptions options{{RequirementKind::cuda, asked}, {}};
    for (CudaCandidate& candidate : cuda_options(question_, source, asked, driver))
      options.releases.push_back(std::move(candidate.objections));
    return options;
  }

  const Question& question_;
  std::map<std::pair<const PackageSource*, std::string>, std::vector<CudaOptions>> judged_;
};

// --- what each way to take a stack violates ---

Sets sets_of(const CudaOptions& options, const std::vector<Requirement>& requirements) {
  Sets sets;
  for (const std::vector<Objection>& objections : options.releases)
    sets.push_back(violated_by(objections, requirements));
  return minimal_sets(std::move(sets));
}

// `of_driver`: what its driver and source violate.
Sets sets_of(RequirementSet of_driver, const std::vector<CudaOptions>& cuda,
             const std::vector<Requirement>& requirements) {
  Sets sets = {of_driver};
  for (const CudaOptions& options : cuda) {
    Sets combined;
    for (const RequirementSet one : sets_of(options, requirements))
      for (const RequirementSet other : sets) combined.push_back(one | other);
    sets = minimal_sets(std::move(combined));
  }
  return sets;
}

// The minimal ones. What CUDA gets on a driver that violates more than another whole stack makes no difference.
Sets sets_of(const std::vector<JudgedStack>& stacks, CudaJudge& cuda, const std::vector<Requirement>& requirements) {
  std::vector<std::pair<RequirementSet, const JudgedStack*>> fewest_first;
  for (const JudgedStack& stack : stacks)
    fewest_first.emplace_back(violated_by(stack.objections, requirements), &stack);
  std::ranges::stable_sort(fewest_first, {}, [](const auto& each) { return std::popcount(each.first); });
  Sets minimal;
  for (const auto& [of_driver, stack] : fewest_first) {
    const bool is_worse = std::ranges::any_of(
        minimal, [&, violated = of_driver](RequirementSet other) { return (violated & other) == other; });
    if (is_worse) continue;
    append_new(minimal, sets_of(of_driver, cuda.on(*stack), requirements));
    minimal = minimal_sets(std::move(minimal));
  }
  return minimal;
}

// --- the facts behind the core ---

bool holds_to(const JudgedStack& stack, const Requirement& requirement) {
  return std::ranges::find(stack.objections, requirement, &Objection::requirement) == stack.objections.end();
}

// As far as its driver and source go.
bool holds_to_all(const JudgedStack& stack, const std::vector<Requirement>& core) {
  return std::ranges::all_of(core, [&](const Requirement& requirement) { return holds_to(stack, requirement); });
}

// Whether a stack has a release for each request for CUDA in the core, whatever else is against it.
bool offers_cuda(const std::vector<CudaOptions>& cuda, const std::vector<Requirement>& core) {
  return std::ranges::all_of(cuda, [&](const CudaOptions& options) {
    const bool is_asked = std::ranges::find(core, options.asked) != core.end();
    return !is_asked || options.releases.size() > 1;  // the last is to go without
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
                         CudaJudge& cuda, const std::vector<Requirement>& core) {
  if (objection.is_implied) return true;
  if (objection.conflict.reason == ConflictReason::cuda_not_offered)
    return std::ranges::any_of(stacks, [&](const JudgedStack& other) {
      return holds_to_all(other, core) && offers_cuda(cuda.on(other), core);
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
  Facts(std::vector<Requirement> core, const std::vector<JudgedStack>& stacks, CudaJudge& cuda, bool says_all)
      : core_(std::move(core)), stacks_(stacks), cuda_(cuda), found_(core_.size()), says_all_(says_all) {}

  // What of a stack is about the core: its driver and source, else what CUDA gets on it.
  void add(const JudgedStack& stack) {
    if (add_first(stack.objections, stack)) return;
    for (const CudaOptions& options : cuda_.on(stack)) {
      bool all_barred = true;
      for (const std::vector<Objection>& objections : options.releases)
        all_barred = add_first(objections, stack) && all_barred;
      if (all_barred) return;
    }
  }

  std::vector<Conflict> all() const {
    std::vector<Conflict> conflicts;
    for (const std::vector<Conflict>& found : found_) append_new(conflicts, found);
    return conflicts;
  }

 private:
  // The first of these that is about the core; whether there is one.
  bool add_first(const std::vector<Objection>& objections, const JudgedStack& stack) {
    if (!says_all_ && is_beside_the_point(objections, stack)) return true;
    for (std::size_t i = 0; i < core_.size(); ++i) {
      const auto objection = std::ranges::find(objections, core_[i], &Objection::requirement);
      if (objection == objections.end()) continue;
      add(found_[i], objection->conflict, *stack.source);
      return true;
    }
    return false;
  }

  bool is_beside_the_point(const std::vector<Objection>& objections, const JudgedStack& stack) const {
    return std::ranges::any_of(objections, [&](const Objection& objection) {
      return std::ranges::find(core_, objection.requirement) != core_.end() &&
             goes_without_saying(objection, stack, stacks_, cuda_, core_);
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
  const std::vector<JudgedStack>& stacks_;
  CudaJudge& cuda_;
  std::vector<std::vector<Conflict>> found_;
  bool says_all_ = false;
};

std::vector<Gpu> gpus_of(const std::vector<Requirement>& core, const std::vector<Gpu>& gpus) {
  std::vector<Gpu> found;
  for (const Gpu& gpu : gpus)
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
                               CudaJudge& cuda, const Question& question) {
  const std::vector<Gpu> gpus = gpus_of(core, question.lookups.gpus);
  if (gpus.size() == core.size() && gpus.size() > 1)
    if (auto pairs = excluding_pairs(gpus, question.catalog); !pairs.empty()) return pairs;
  const std::vector<JudgedStack> in_question = from_source_asked_for(stacks, core);
  // Where everything goes without saying, all of it is said.
  for (const bool says_all : {false, true}) {
    Facts facts(core, in_question, cuda, says_all);
    for (const JudgedStack& stack : in_question) facts.add(stack);
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

Impasse impasse_of(const Question& question, const Stacks& stacks) {
  const std::vector<Requirement> requirements =
      requirements_of(question.facts, question.catalog, question.request, stacks.wants_driver());
  const std::vector<JudgedStack> judged = judge_all(stacks);
  if (judged.empty()) return nothing_for(question);
  CudaJudge cuda(question);
  const Sets violated = sets_of(judged, cuda, requirements);
  Impasse impasse;
  impasse.refusal.requirements = members_of(smallest_core(violated).value_or(0), requirements);
  impasse.refusal.conflicts = facts_of(impasse.refusal.requirements, judged, cuda, question);
  for (const RequirementSet set : violated) {
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
