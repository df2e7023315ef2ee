#include "support/failing_host.hpp"

#include "host/posix_host.hpp"
#include "support/catch.hpp"
#include "support/temp_folder.hpp"

using namespace nvprov;
using namespace nvprov::test;

TEST_CASE("a failing host fails its n-th change and no other") {
  const TempFolder root;
  const auto inner = make_posix_host(root.path());
  FailingHost host(*inner, 2);
  CHECK(host.write_file("/a", "1", 0644));
  CHECK(!host.has_failed());
  CHECK(!host.write_file("/b", "2", 0644));
  CHECK(host.has_failed());
  CHECK(host.remove_file("/a"));
  CHECK(inner->list_directory("/").value().value().empty());
}
