#include "resolve/kernel_headers.hpp"

#include <algorithm>

#include "catalog/catalog.hpp"
#include "support/catch.hpp"
#include "support/whole_catalog.hpp"

using namespace nvprov;

namespace {

HostFacts host_with_kernels(std::vector<InstalledKernel> kernels) {
  HostFacts facts;
  facts.architecture = "x86_64";
  facts.kernel.installed = std::move(kernels);
  return facts;
}

HeadersAnswer headers_for(const std::vector<std::string>& offered, const HostFacts& facts) {
  const Catalog& catalog = whole_catalog();
  RepositoryMetadata metadata;
  metadata.known = true;
  for (const std::string& name : offered) {
    PackageOffer offer;
    offer.name = name;
    metadata.offers.push_back(offer);
  }
  return kernel_headers(facts, *find_distro(catalog, "debian-12"), metadata);
}

}  // namespace

TEST_CASE("of two kernels both get a module, the one that boots next first") {
  const auto facts = host_with_kernels({{"6.1.0-41-amd64", false}, {"6.1.0-42-amd64", false}});
  const auto answer = headers_for({"linux-headers-6.1.0-41-amd64", "linux-headers-6.1.0-42-amd64"}, facts);
  CHECK(answer.kernels == std::vector<std::string>{"6.1.0-42-amd64", "6.1.0-41-amd64"});
  CHECK(answer.packages.size() == 2);
  CHECK(answer.notices.empty());
  CHECK(answer.blockers.empty());
}

TEST_CASE("an older kernel whose headers are nowhere is told, and no module is promised for it") {
  const auto facts = host_with_kernels({{"6.1.0-41-amd64", false}, {"6.1.0-42-amd64", false}});
  const auto answer = headers_for({"linux-headers-6.1.0-42-amd64"}, facts);
  CHECK(answer.kernels == std::vector<std::string>{"6.1.0-42-amd64"});
  CHECK(answer.notices == std::vector<Notice>{{.kind = NoticeKind::headers_unknown,
                                               .subject = "6.1.0-41-amd64",
                                               .other = "linux-headers-6.1.0-41-amd64",
                                               .limit = {}}});
  CHECK(answer.blockers.empty());
}

TEST_CASE("the kernel that boots next has headers, or the plan is blocked") {
  const auto facts = host_with_kernels({{"6.1.0-42-amd64", false}});
  const auto answer = headers_for({"linux-headers-6.1.0-41-amd64"}, facts);
  REQUIRE(answer.blockers.size() == 1);
  CHECK(answer.blockers.front().reason == ConflictReason::headers_missing);
  CHECK(answer.blockers.front().subject == "6.1.0-42-amd64");
}
