#include "catalog/packed_files.hpp"

#include <algorithm>

#include "catalog/catalog.hpp"
#include "support/catch.hpp"

using namespace nvprov;

TEST_CASE("packed files come back as they were") {
  const std::vector<DataFile> files = {{"a.json", "{}\n"}, {"b/c.json", ""}, {"d.json", std::string(100000, 'x')}};
  const std::string packed = pack_files(files);
  CHECK(unpack_files(packed) == files);
  CHECK(packed.size() < 1000);
  CHECK(unpack_files(pack_files({})).empty());
}

TEST_CASE("the embedded files are the embedded catalog") {
  const std::vector<DataFile> files = embedded_files();
  CHECK(std::ranges::is_sorted(files, {}, &DataFile::path));
  const auto catalog = load_catalog(files);
  REQUIRE(catalog);
  CHECK(catalog->digest == embedded_catalog().digest);
}
