#include "model/plan.hpp"

#include "model/words.hpp"
#include "support/catch.hpp"

using namespace nvprov;

TEST_CASE("seven blockers can be lifted by consent, each by the flag of its kind") {
  std::vector<std::string> flags;
  for (const std::string& word : all_words<ConflictReason>())
    if (const auto flag = consent_flag(*from_word<ConflictReason>(word)); !flag.empty())
      flags.push_back(word + " " + std::string(flag));
  CHECK(flags == std::vector<std::string>{"secure-boot-untrusted-module --allow-mok", "held-package --allow-held",
                                          "removal-needed --allow-removals", "downgrade-needed --allow-downgrades",
                                          "driver-in-use --allow-disruption", "repository-in-the-way --adopt",
                                          "engine-needs-restart --allow-disruption"});
}

TEST_CASE("consent lifts only the blockers it names") {
  const Conflict held{.reason = ConflictReason::held_package, .subject = "a", .other = {}, .limit = {}, .sources = {}};
  const Conflict removal{
      .reason = ConflictReason::removal_needed, .subject = "b", .other = {}, .limit = {}, .sources = {}};
  const Conflict downgrade{
      .reason = ConflictReason::downgrade_needed, .subject = "c", .other = {}, .limit = {}, .sources = {}};
  const Conflict in_use{
      .reason = ConflictReason::driver_in_use, .subject = "d", .other = {}, .limit = {}, .sources = {}};
  const Conflict untrusted{
      .reason = ConflictReason::secure_boot_untrusted_module, .subject = "e", .other = {}, .limit = {}, .sources = {}};
  const Conflict no_gpu{.reason = ConflictReason::no_gpu, .subject = "f", .other = {}, .limit = {}, .sources = {}};
  Plan plan;
  plan.blockers = {held, removal, downgrade, in_use, untrusted, no_gpu};

  CHECK(remaining_blockers(plan, Consent{}) == plan.blockers);
  Consent consent;
  SECTION("held") {
    consent.held = true;
    CHECK(remaining_blockers(plan, consent) == std::vector{removal, downgrade, in_use, untrusted, no_gpu});
  }
  SECTION("removals") {
    consent.removals = true;
    CHECK(remaining_blockers(plan, consent) == std::vector{held, downgrade, in_use, untrusted, no_gpu});
  }
  SECTION("downgrades and disruption") {
    consent.downgrades = consent.disruption = true;
    CHECK(remaining_blockers(plan, consent) == std::vector{held, removal, untrusted, no_gpu});
  }
  SECTION("nothing lifts a missing GPU") {
    consent = {.removals = true, .downgrades = true, .held = true, .disruption = true, .mok = true, .reboot = true};
    CHECK(remaining_blockers(plan, consent) == std::vector{no_gpu});
  }
}
