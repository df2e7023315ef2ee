// What `--with` adds to the driver itself, where the repositories were asked.
#include "resolve/driver_add_ons.hpp"

#include <algorithm>

#include "plan/make_plan.hpp"
#include "resolve/described_host.hpp"
#include "resolve/offers.hpp"
#include "resolve/resolve.hpp"
#include "support/catch.hpp"
#include "support/whole_catalog.hpp"

using namespace nvprov;

namespace {

const std::string debian_version = "535.309.01-0+deb12u1";

const Distro& debian() { return *find_distro(whole_catalog(), "debian-12"); }

HostFacts t4_on_debian() {
  HostFacts facts = described_host(debian(), "x86_64");
  facts.observed_on = "2026-11-22";
  Gpu gpu;
  const GpuModel* model = find_gpu(whole_catalog(), "1eb8");
  gpu.name = model->name;
  gpu.device_id = model->device_id;
  gpu.architecture = model->architecture;
  gpu.compute_capability = model->compute_capability;
  facts.gpus = {gpu};
  facts.gpus_named = true;
  return facts;
}

Request with(std::vector<std::string> additions, std::string source = "auto") {
  Request request;
  request.source = std::move(source);
  request.additions = std::move(additions);
  request.target = Target::host;
  return request;
}

void offer_all(RepositoryMetadata& metadata, const PackageSource& source, const std::string& release,
               const std::string& version) {
  const auto offer = std::ranges::find(source.drivers, release, &DriverOffer::version);
  REQUIRE(offer != source.drivers.end());
  const DriverPackageSet& set = *find_package_set(source, offer->package_set);
  const auto add = [&](const std::string& name, const std::string& at) {
    if (is_in_repository(metadata, name, at)) return;
    metadata.offers.push_back({.name = name,
                               .version = at,
                               .architecture = {},
                               .origin = {},
                               .suite = {},
                               .download_bytes = 1000,
                               .installed_bytes = 0,
                               .candidate = true});
  };
  for (const std::string& name : set.driver_versioned) add(name, version);
  for (const ComponentPackages& component : set.components)
    for (const std::string& name : component.packages)
      if (std::ranges::find(set.driver_versioned, name) == set.driver_versioned.end()) add(name, "1.0-1");
}

RepositoryMetadata both_sources() {
  RepositoryMetadata metadata;
  metadata.known = true;
  offer_all(metadata, *find_source(debian(), "distro"), "535.309.01", debian_version);
  offer_all(metadata, *find_source(debian(), "nvidia"), "580.178.04", "580.178.04-1");
  return metadata;
}

void take_away(RepositoryMetadata& metadata, const std::string& name, const std::string& version) {
  std::erase_if(metadata.offers,
                [&](const PackageOffer& offer) { return offer.name == name && offer.version == version; });
}

const LeftOut* find_left_out(const Resolution& resolution, const std::string& component) {
  const auto found = std::ranges::find(resolution.left_out, component, &LeftOut::component);
  return found == resolution.left_out.end() ? nullptr : &*found;
}

// The installed driver of Debian's archive.
HostFacts with_driver(HostFacts facts) {
  for (const std::string name : {"libcuda1", "nvidia-kernel-dkms", "nvidia-smi"})
    facts.package_facts.packages.push_back(
        {name, debian_version, "amd64", "installed", false, false, std::string("Debian"), {}});
  facts.package_facts.manager = "apt";
  return facts;
}

std::vector<PackageRequest> asked_of_apt(const HostFacts& facts, const Request& request, const Resolution& resolution) {
  std::vector<PackageRequest> asked;
  for (const InstallPackages& each : prepare(facts, whole_catalog(), request, resolution, {}).transactions)
    asked.insert(asked.end(), each.packages.begin(), each.packages.end());
  return asked;
}

}  // namespace

TEST_CASE("another source is taken where the repository of the first lacks an add-on") {
  RepositoryMetadata metadata = both_sources();
  const auto first = resolve(t4_on_debian(), whole_catalog(), with({"video"}), metadata);
  REQUIRE(first);
  CHECK(first->source == "nvidia");
  take_away(metadata, "libnvcuvid1", "580.178.04-1");
  const auto other = resolve(t4_on_debian(), whole_catalog(), with({"video"}), metadata);
  REQUIRE(other);
  CHECK(other->source == "distro");
  CHECK(other->driver->add_ons == std::vector<std::string>{"video"});
}

TEST_CASE("a source whose repository lacks an add-on refuses it, and says how to go on") {
  RepositoryMetadata metadata = both_sources();
  take_away(metadata, "libnvcuvid1", "580.178.04-1");
  const auto refused = resolve(t4_on_debian(), whole_catalog(), with({"video"}, "nvidia"), metadata);
  REQUIRE_FALSE(refused);
  const Unsatisfiable& refusal = refused.error();
  REQUIRE(refusal.conflicts.size() == 1);
  CHECK(refusal.conflicts.front().reason == ConflictReason::addition_not_offered);
  CHECK(refusal.conflicts.front().subject == "video");
  const Change leave_out{.action = "leave-out", .value = "--with video"};
  const Change use_source{.action = "use-source", .value = "auto"};
  REQUIRE(refusal.remedies.size() >= 2);
  CHECK(refusal.remedies[0].changes == std::vector<Change>{use_source});
  CHECK(refusal.remedies[1].changes == std::vector<Change>{leave_out});
}

TEST_CASE("what a driver could do beside is left out with its size and the words that ask for it") {
  const auto plain = resolve(t4_on_debian(), whole_catalog(), with({}, "distro"), both_sources());
  REQUIRE(plain);
  const LeftOut* video = find_left_out(*plain, "video");
  REQUIRE(video != nullptr);
  CHECK(*video == LeftOut{.component = "video",
                          .packages = {"libnvcuvid1", "libnvidia-encode1"},
                          .ask = "--with video",
                          .download_bytes = 2000});
  CHECK(find_left_out(*plain, "desktop") != nullptr);
  const auto desktop = resolve(t4_on_debian(), whole_catalog(), with({"desktop"}, "distro"), both_sources());
  REQUIRE(desktop);
  CHECK(find_left_out(*desktop, "desktop") == nullptr);
  CHECK(find_left_out(*desktop, "graphics") == nullptr);  // part of it
  CHECK(find_left_out(*desktop, "video") != nullptr);
}

TEST_CASE("a driver that stays gets an add-on at exactly its version, and nothing the second time") {
  HostFacts facts = with_driver(t4_on_debian());
  const Request request = with({"video"});
  const auto answer = resolve(facts, whole_catalog(), request, both_sources());
  REQUIRE(answer);
  REQUIRE(answer->driver);
  CHECK(answer->driver->kept);
  const std::vector<PackageRequest> asked = asked_of_apt(facts, request, *answer);
  for (const std::string name : {"libnvcuvid1", "libnvidia-encode1"}) {
    const auto found = std::ranges::find(asked, name, &PackageRequest::name);
    REQUIRE(found != asked.end());
    CHECK(found->version == debian_version);
    facts.package_facts.packages.push_back(
        {name, debian_version, "amd64", "installed", false, false, std::string("Debian"), {}});
  }
  const auto again = resolve(facts, whole_catalog(), request, both_sources());
  REQUIRE(again);
  const std::vector<PackageRequest> then = asked_of_apt(facts, request, *again);
  CHECK(std::ranges::find(then, "libnvcuvid1", &PackageRequest::name) == then.end());
}

TEST_CASE("a driver whose add-on is gone from the repository gives way to one that has it") {
  RepositoryMetadata metadata = both_sources();
  take_away(metadata, "libnvidia-encode1", debian_version);
  const auto answer = resolve(with_driver(t4_on_debian()), whole_catalog(), with({"video"}), metadata);
  REQUIRE(answer);
  CHECK_FALSE(answer->driver->kept);
  CHECK(answer->driver->version == "580.178.04");
}

TEST_CASE("words of the driver need no CUDA, have no releases and are told from words of libraries") {
  const Catalog& catalog = whole_catalog();
  Request request = with({"video"});
  request.cuda = {"none"};
  CHECK(check_request(request, catalog));
  request.additions = {"video", "cudnn"};
  CHECK_FALSE(check_request(request, catalog));
  request = with({"video", "graphics"});
  request.profiles = {"container"};
  CHECK(check_request(request, catalog));
  const auto release = check_request(with({"video=9"}), catalog);
  REQUIRE_FALSE(release);
  CHECK(release.error().kind == ErrorKind::usage);
  CHECK(release.error().message == "`--with video=9`: `video` has no releases of its own");
  const auto typo = check_request(with({"grafics"}), catalog);
  REQUIRE_FALSE(typo);
  CHECK(typo.error().hints.front() == "did you mean `graphics`?");
}
