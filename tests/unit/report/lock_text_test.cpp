#include "report/lock_text.hpp"

#include "base/text.hpp"
#include "support/catch.hpp"

using namespace nvprov;

namespace {

const std::vector<LockDifference> differences = {
    {"driver", "535.309.01 open", "535.400.01 open"}, {"package new", "", "1"}, {"package old", "2", ""}};

}  // namespace

TEST_CASE("what an update of a lock changes is shown a line each") {
  CHECK(lock_update_text(differences) ==
        "  driver       535.309.01 open  ->  535.400.01 open\n"
        "  package new  -                ->  1\n"
        "  package old  2                ->  -\n"
        "3 changes\n");
  CHECK(lock_update_text({}) == "nothing changes\n");
}

TEST_CASE("a difference in words says what becomes of it") {
  CHECK(difference_words(differences[0]) == "driver: 535.309.01 open becomes 535.400.01 open");
  CHECK(difference_words(differences[1]) == "package new: 1 is new");
  CHECK(difference_words(differences[2]) == "package old: 2 is not there any more");
}

TEST_CASE("an update is one document with the new lock") {
  const std::string json = format_json(lock_update_to_json(differences, Lockfile{}));
  CHECK(contains(json, "\"schema\": \"nvprov.lock-update/1\""));
  CHECK(contains(json, "\"before\": null"));
  CHECK(contains(json, "\"schema\": \"nvprov.lock/1\""));
}
