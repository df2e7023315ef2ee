#include "report/sentences.hpp"

#include <set>

#include "base/text.hpp"
#include "model/words.hpp"
#include "support/catch.hpp"
#include "support/golden.hpp"

using namespace nvprov;

namespace {

// Every enumerator from the first on; its word ends the walk.
template <class Enumeration>
std::vector<Enumeration> all_of() {
  std::vector<Enumeration> values;
  for (int i = 0; !to_word(static_cast<Enumeration>(i)).empty(); ++i) values.push_back(static_cast<Enumeration>(i));
  return values;
}

Conflict conflict(ConflictReason reason, std::string limit) {
  return {.reason = reason, .subject = "SUBJECT", .other = "OTHER", .limit = std::move(limit), .sources = {}};
}

Notice notice(NoticeKind kind) { return {.kind = kind, .subject = "SUBJECT", .other = "OTHER", .limit = "LIMIT"}; }

bool has_a_subject(ConflictReason reason) {
  return reason != ConflictReason::no_gpu && reason != ConflictReason::no_installed_driver;
}

bool has_a_subject(NoticeKind kind) {
  return kind != NoticeKind::module_unknown_kernel && kind != NoticeKind::nouveau_until_reboot &&
         kind != NoticeKind::cuda_left_out_driver_unknown;
}

void check_form(const std::string& text) {
  CHECK_FALSE(text.empty());
  CHECK_FALSE(text.ends_with('.'));
  for (const char* leftover : {"{", "}", "[", "]", "|"}) CHECK_FALSE(contains(text, leftover));
}

}  // namespace

TEST_CASE("every conflict has a sentence of its own that names its subject") {
  std::set<std::string> seen;
  for (const ConflictReason reason : all_of<ConflictReason>()) {
    const std::string text = sentence(conflict(reason, "LIMIT"));
    CAPTURE(to_word(reason), text);
    check_form(text);
    CHECK(contains(text, "SUBJECT") == has_a_subject(reason));
    CHECK(seen.insert(text).second);
  }
}

TEST_CASE("a conflict whose limit is not known has no gap in its sentence") {
  for (const ConflictReason reason : all_of<ConflictReason>()) {
    Conflict bare = conflict(reason, "");
    CAPTURE(to_word(reason), sentence(bare));
    check_form(sentence(bare));
    CHECK_FALSE(contains(sentence(bare), "()"));
  }
}

TEST_CASE("every notice has a sentence of its own that names its subject") {
  std::set<std::string> seen;
  for (const NoticeKind kind : all_of<NoticeKind>()) {
    const std::string text = sentence(notice(kind));
    CAPTURE(to_word(kind), text);
    check_form(text);
    CHECK(contains(text, "SUBJECT") == has_a_subject(kind));
    CHECK(seen.insert(text).second);
  }
}

TEST_CASE("all sentences can be read in one place") {
  std::string text;
  for (const ConflictReason reason : all_of<ConflictReason>()) {
    text += std::string(to_word(reason)) + "\n  " + sentence(conflict(reason, "LIMIT")) + "\n";
  }
  for (const NoticeKind kind : all_of<NoticeKind>()) {
    text += std::string(to_word(kind)) + "\n  " + sentence(notice(kind)) + "\n";
  }
  test::check_golden("report/sentences.txt", text);
}

TEST_CASE("a GPU too new for a branch is told which branch it needs") {
  const Conflict known = {.reason = ConflictReason::gpu_newer_than_branch,
                          .subject = "NVIDIA B200",
                          .other = "535",
                          .limit = "570",
                          .sources = {}};
  CHECK(sentence(known) == "NVIDIA B200 needs driver branch 570 or newer; older branches (535) do not know it");
  Conflict unknown = known;
  unknown.limit.clear();
  CHECK(sentence(unknown) == "NVIDIA B200 needs a newer driver branch; older branches (535) do not know it");
}

TEST_CASE("a blocker that consent lifts ends with the flag to add") {
  const Conflict held = {.reason = ConflictReason::held_package,
                         .subject = "nvidia-smi",
                         .other = "525.147.05-7",
                         .limit = "535.309.01-0",
                         .sources = {}};
  CHECK(sentence(held) ==
        "nvidia-smi is held at 525.147.05-7 by this host's administrator, and this plan needs 535.309.01-0; to agree, "
        "add `--allow-held`");
}

TEST_CASE("a source is named by what it is") {
  const Conflict none = {.reason = ConflictReason::source_has_no_driver,
                         .subject = "distro",
                         .other = "Debian 12",
                         .limit = "",
                         .sources = {}};
  CHECK(sentence(none) == "the distribution's own archive has no NVIDIA driver for Debian 12");
}

TEST_CASE("text in a value is never taken for a placeholder") {
  Conflict odd = conflict(ConflictReason::packages_unsatisfiable, "");
  odd.subject = "{other} [x|y] {";
  CHECK(sentence(odd) == "the package manager cannot install this together: {other} [x|y] {");
}

TEST_CASE("a remedy says what to type, whether its value is a flag or bare") {
  const Remedy bare = {.changes = {{"choose-cuda", "12.9"}}, .effect = "every GPU can run it"};
  CHECK(sentence(bare) == "ask for another CUDA release; then: every GPU can run it");
  CHECK(remedy_command(bare) == "--cuda 12.9");
  CHECK(remedy_command({.changes = {{"name-gpu", "--gpu T4"}}, .effect = ""}) == "--gpu T4");
  CHECK(remedy_command({.changes = {{"use-source", "auto"}}, .effect = ""}) == "--source auto");
  CHECK(remedy_command({.changes = {{"drop-gpu", "NVIDIA B200"}}, .effect = ""}).empty());
  CHECK(remedy_command({.changes = {{"leave-out", "--strict"}}, .effect = ""}).empty());
  CHECK(sentence(Remedy{.changes = {{"drop-gpu", "NVIDIA B200"}}, .effect = ""}) ==
        "take NVIDIA B200 out of this host");
}

TEST_CASE("changes that are needed together are one remedy") {
  const Remedy both = {.changes = {{"choose-cuda", "12.9"}, {"choose-driver", "auto"}}, .effect = "driver 580.1"};
  CHECK(sentence(both) == "ask for another CUDA release, and ask for another driver; then: driver 580.1");
  CHECK(remedy_command(both) == "--cuda 12.9 --driver auto");
}

TEST_CASE("a reason names its deciding fact, and a rule without words is still named") {
  const Reason known = {
      .subject = "driver", .rule = "longest-support", .chosen = "580.126.09", .because = "2028-06-30", .sources = {}};
  CHECK(sentence(known) ==
        "driver 580.126.09: of all that serve every GPU here, it has the longest support left (until 2028-06-30)");
  Reason unknown = known;
  unknown.rule = "coin-toss";
  CHECK(reason_words(unknown) == "coin toss (2028-06-30)");
}
