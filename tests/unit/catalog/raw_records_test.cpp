#include "catalog/raw_records.hpp"

#include "support/catch.hpp"
#include "unit/catalog/sample_data.hpp"

using namespace nvprov;
using namespace nvprov::test;

TEST_CASE("a record of its own file is shown without the file's frame") {
  const auto records = raw_records(sample_data(), "driver");
  REQUIRE(records.size() == 2);
  const RawRecord& driver = records.front();
  CHECK(driver.id == "98");
  CHECK(driver.file == "manifests/drivers/98.json");
  CHECK(driver.place.empty());
  CHECK(driver.record.find("schema") == nullptr);
  CHECK(driver.record.find("sources") == nullptr);
  CHECK(driver.record.find("releases") != nullptr);
  CHECK(driver.sources == std::vector<Source>{{"Invented release notes", "https://example.org/98"}});
}

TEST_CASE("a record of a list is shown with its place") {
  const auto records = raw_records(sample_data(), "gpu");
  REQUIRE(records.size() == 3);
  CHECK(records[1].id == "fe01");
  CHECK(records[1].place == "/gpus/1");
  CHECK(records[1].sources == std::vector<Source>{{"Invented table of GPUs", "https://example.org/gpus"}});
}

TEST_CASE("every record of the data has a kind and an id of its own") {
  std::vector<std::string> names;
  for (const RawRecord& record : raw_records(sample_data(), "")) names.push_back(record.kind + " " + record.id);
  CHECK(names == std::vector<std::string>{"architecture Oldera", "architecture Midera", "architecture Newera",
                                          "container-toolkit 1.1.0", "container-toolkit 1.2.0", "cuda 99.1",
                                          "distro example-9", "driver 98", "driver 99", "fabric-board n3-board",
                                          "fabric-mark mark-9", "gpu fe02", "gpu fe01", "gpu fe03", "key 89ABCDEF",
                                          "library gears", "nvswitch ff01", "profile deploy", "vgpu fe01"});
}

TEST_CASE("what is no JSON holds no record") {
  CHECK(raw_records(std::vector<DataFile>{{"manifests/drivers/98.json", "{"}}, "").empty());
}
