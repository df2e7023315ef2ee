#include "cli/plan_hosts.hpp"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "catalog/catalog.hpp"
#include "host/unseen_host.hpp"
#include "support/catch.hpp"

using namespace nvprov;

namespace {

namespace fs = std::filesystem;

// Each recorded host so many times over, in one document each.
class RecordedDocuments : public FactsDocuments {
 public:
  explicit RecordedDocuments(std::size_t times) {
    for (const auto& entry : fs::directory_iterator(fs::path(NVPROV_SOURCE_DIR) / "tests/golden/hosts")) {
      std::stringstream text;
      text << std::ifstream(entry.path()).rdbuf();
      for (std::size_t i = 0; i < times; ++i) add(entry.path().stem().string() + std::to_string(i), text.str());
    }
    std::ranges::sort(documents_, {}, &FactsDocument::name);
    for (std::size_t i = 0; i < documents_.size(); ++i) documents_[i].number = i;
  }
  void add(const std::string& name, std::string text) {
    documents_.push_back(
        {.number = documents_.size(), .name = name, .file = name, .may_name_host = false, .text = std::move(text)});
  }
  std::size_t size() const { return documents_.size(); }
  std::optional<FactsDocument> next() override {
    const std::size_t index = next_++;
    return index < documents_.size() ? std::optional(documents_[index]) : std::nullopt;
  }

 private:
  std::vector<FactsDocument> documents_;
  std::atomic<std::size_t> next_ = 0;
};

Inquiry plain_inquiry() {
  return {.data = {.catalog = embedded_catalog(), .overlays = {}, .overlaid = {}},
          .network = {},
          .request = {},
          .inputs = {}};
}

PlannedFleet planned(std::size_t times, unsigned threads) {
  RecordedDocuments documents(times);
  documents.add("broken", "{");
  return plan_hosts(*make_unseen_host(), plain_inquiry(), documents, "2026-11-22", threads);
}

}  // namespace

TEST_CASE("many hosts get the same plans whatever the number of threads") {
  const PlannedFleet one = planned(3, 1);
  CHECK(one.plans.groups.size() > 20);
  CHECK(one.plans.problems.size() == 1);
  CHECK(planned(3, 2).plans == one.plans);
  CHECK(planned(3, 7).plans == one.plans);
}

TEST_CASE("facts that were planned once are not planned again") {
  const PlannedFleet once = planned(1, 1);
  const PlannedFleet thrice = planned(3, 1);
  CHECK(thrice.cost.hosts == 3 * once.cost.hosts);
  CHECK(thrice.cost.planned == once.cost.planned);
  CHECK(thrice.plans.groups.size() == once.plans.groups.size());
}
