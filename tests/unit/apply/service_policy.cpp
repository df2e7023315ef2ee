#include "apply/service_policy.hpp"

#include "support/catch.hpp"
#include "support/memory_host.hpp"

namespace nvprov {
namespace {

constexpr const char* policy_file = "/usr/sbin/policy-rc.d";

}  // namespace

TEST_CASE("services of a disk that does not run are kept from starting for one run") {
  MemoryHost host;
  {
    auto policy = ServicePolicy::set(host);
    REQUIRE(policy);
    CHECK(host.files[policy_file].mode == 0755);
    CHECK(host.files[policy_file].content.ends_with("\nexit 101\n"));
    const ServicePolicy moved = std::move(*policy);
  }
  CHECK(!host.files.contains(policy_file));
}

TEST_CASE("a policy that is there stays, and one that a killed run left goes") {
  MemoryHost host;
  host.files[policy_file] = {.content = "#!/bin/sh\nexit 0\n", .mode = 0755};
  CHECK(ServicePolicy::set(host));
  CHECK(host.files[policy_file].content == "#!/bin/sh\nexit 0\n");
  host.files.clear();
  {
    const auto killed = ServicePolicy::set(host);
    REQUIRE(killed);
    const MemoryFile left = host.files[policy_file];
    { const auto next = ServicePolicy::set(host); }
    CHECK(!host.files.contains(policy_file));
    host.files[policy_file] = left;
  }
}

}  // namespace nvprov
