#include "model/words.hpp"

#include <algorithm>

#include "support/catch.hpp"

using namespace nvprov;

namespace {

template <class Enumeration>
void check_words(Enumeration last) {
  const auto words = all_words<Enumeration>();
  REQUIRE(words.size() == static_cast<std::size_t>(last) + 1);
  for (std::size_t i = 0; i < words.size(); ++i) {
    CAPTURE(words[i]);
    CHECK(from_word<Enumeration>(words[i]) == static_cast<Enumeration>(i));  // so no word stands twice
  }
  CHECK(from_word<Enumeration>("") == std::nullopt);
  CHECK(from_word<Enumeration>("no such word") == std::nullopt);
}

}  // namespace

TEST_CASE("every enumerator has a word of its own and is found by it") {
  check_words(ModuleSupport::open_only);
  check_words(PlaceKind::unclear);
  check_words(Target::image);
  check_words(Hold::none);
  check_words(ConflictReason::package_lacks_dependency);
  check_words(NoticeKind::tool_lacks_dependency);
  check_words(CudaSupport::none);
  check_words(RequirementKind::purpose);
  check_words(LossKind::gpu_left_behind);
  check_words(PackageAction::keep);
  check_words(Usable::nothing_to_use);
  check_words(StepState::undone);
  check_words(JournalState::superseded);
  check_words(LockedFileKind::engine_keys);
  check_words(Severity::warning);
}

TEST_CASE("words are lower case and hyphenated") {
  CHECK(to_word(ConflictReason::gpu_newer_than_branch) == "gpu-newer-than-branch");
  CHECK(to_word(Usable::after_reboot) == "after-reboot");
}
