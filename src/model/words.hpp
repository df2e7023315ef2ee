#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/bundle.hpp"
#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/finding.hpp"
#include "model/journal.hpp"
#include "model/lockfile.hpp"
#include "model/plan.hpp"
#include "model/request.hpp"
#include "model/resolution.hpp"
#include "model/verification.hpp"

namespace nvprov {

// The word an enumerator has in JSON and in messages, lower case and hyphenated; "" past the last enumerator.
// (ModuleSupport has the words of manifests/gpus.json.)
std::string_view to_word(ModuleSupport value);
std::string_view to_word(PlaceKind value);
std::string_view to_word(Target value);
std::string_view to_word(Hold value);
std::string_view to_word(ConflictReason value);
std::string_view to_word(NoticeKind value);
std::string_view to_word(RequirementKind value);
std::string_view to_word(LossKind value);
std::string_view to_word(CudaSupport value);
std::string_view to_word(CdiSupport value);
std::string_view to_word(ServiceAction value);
std::string_view to_word(PackageAction value);
std::string_view to_word(Usable value);
std::string_view to_word(StepState value);
std::string_view to_word(JournalState value);
std::string_view to_word(LockedFileKind value);
std::string_view to_word(Severity value);
std::string_view to_word(VerifyLevel value);
std::string_view to_word(VerifySubject value);
std::string_view to_word(NotCheckedReason value);
std::string_view to_word(BundleRole value);

// Every word of an enumeration, in its order.
template <class Enumeration>
std::vector<std::string> all_words() {
  std::vector<std::string> words;
  for (int i = 0; !to_word(static_cast<Enumeration>(i)).empty(); ++i)
    words.emplace_back(to_word(static_cast<Enumeration>(i)));
  return words;
}

// The enumerator of a word; nullopt for a word that is none of all_words().
template <class Enumeration>
std::optional<Enumeration> from_word(std::string_view word) {
  for (int i = 0; !to_word(static_cast<Enumeration>(i)).empty(); ++i)
    if (to_word(static_cast<Enumeration>(i)) == word) return static_cast<Enumeration>(i);
  return std::nullopt;
}

}  // namespace nvprov
