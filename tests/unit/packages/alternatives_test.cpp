#include "packages/alternatives.hpp"

#include "support/catch.hpp"

using namespace nvprov;

TEST_CASE("the first line of a record says whether somebody chose an alternative") {
  CHECK(is_chosen_by_hand("auto\n/usr/local/cuda\n\n/usr/local/cuda-12.9\n129\n\n") == false);
  CHECK(is_chosen_by_hand("manual\n/usr/local/cuda\n\n/usr/local/cuda-12.9\n129\n\n") == true);
  CHECK(is_chosen_by_hand("") == std::nullopt);
  CHECK(is_chosen_by_hand("automatic\n") == std::nullopt);
}
