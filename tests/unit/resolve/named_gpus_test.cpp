#include "resolve/named_gpus.hpp"

#include <algorithm>

#include "catalog/catalog.hpp"
#include "support/catch.hpp"
#include "support/whole_catalog.hpp"

using namespace nvprov;

TEST_CASE("each short name of a GPU is one that --gpu understands") {
  const Catalog& catalog = whole_catalog();
  const auto names = short_gpu_names(catalog);
  for (const char* name : {"T4", "H100", "A100", "L40S", "V100", "P40", "B200"})
    CHECK(std::ranges::find(names, name) != names.end());
  CHECK(std::ranges::is_sorted(names));
  for (const std::string& name : names) {
    INFO(name);
    CHECK(name_devices({name}, catalog).has_value());
  }
}
