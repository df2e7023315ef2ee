#include "report/refusal_text.hpp"

#include "base/json.hpp"
#include "report/error_text.hpp"
#include "support/catch.hpp"
#include "support/golden.hpp"
#include "unit/report/samples.hpp"

using namespace nvprov;
namespace samples = nvprov::report_samples;

namespace {

const std::string asked =
    "profile deploy on Debian GNU/Linux 12 (bookworm) with 1x Tesla V100-SXM2-16GB, 1x NVIDIA B200";

}  // namespace

TEST_CASE("a refusal names each GPU, why, and what would help") {
  test::check_golden("report/refusal-v100-b200.txt", refusal_text(samples::v100_and_b200(), asked));
}

TEST_CASE("verbose, a refusal names the source of each fact") {
  test::check_golden("report/refusal-v100-b200-verbose.txt",
                     refusal_text(samples::v100_and_b200(), asked, {.colour = false, .verbosity = 1, .width = 100}));
}

TEST_CASE("a refusal as JSON has every field and the same sentences") {
  test::check_golden("report/refusal-v100-b200.json", format_json(error_to_json(samples::v100_and_b200(), 3, asked)));
}
