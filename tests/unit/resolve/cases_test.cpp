// Every file in tests/resolve/ is a situation in words, a host described by flags, a request and the answer expected.

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/json.hpp"
#include "catalog/catalog.hpp"
#include "model/words.hpp"
#include "resolve/named_gpus.hpp"
#include "resolve/resolve.hpp"
#include "support/catch.hpp"
#include "support/whole_catalog.hpp"

namespace nvprov {
namespace {

struct Expected {
  std::optional<std::string> driver;
  std::optional<std::string> flavour;
  std::optional<std::string> cuda;
  std::vector<std::string> refused;
  std::vector<std::string> remedies;
  std::vector<std::string> packages;  // of CUDA; checked where the case names some

  bool operator==(const Expected&) const = default;
};

struct Case {
  std::string situation;
  HostFacts facts;
  Request request;
  Expected expected;
};

std::string read_text(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

Request read_request(ObjectReader& reader) {
  Request request;
  request.target = Target::host;
  if (reader.has("driver")) request.driver = reader.text("driver");
  if (reader.has("cuda")) request.cuda = reader.text("cuda");
  if (reader.has("source")) request.source = reader.text("source");
  if (reader.has("libraries")) request.libraries = reader.texts("libraries");
  if (reader.has("target") && reader.text("target") == "image") request.target = Target::image;
  return request;
}

Expected read_expected(ObjectReader& reader) {
  Expected expected;
  expected.driver = reader.nullable_text("driver");
  expected.flavour = reader.nullable_text("flavour");
  expected.cuda = reader.nullable_text("cuda");
  expected.refused = reader.texts("refused");
  expected.remedies = reader.texts("remedies");
  if (reader.has("packages")) expected.packages = reader.texts("packages");
  return expected;
}

HostFacts described_host(const Distro& distro, const std::string& arch, const NamedDevices& devices,
                         const std::optional<std::string>& kernel) {
  HostFacts facts;
  facts.origin = "flags";
  facts.observed_on = "2026-11-22";
  facts.os = OsFacts{.id = distro.os_id,
                     .like = {},
                     .version_id = distro.version_id,
                     .codename = distro.codename,
                     .name = distro.name,
                     .recognised_as = {},
                     .not_supported = {}};
  facts.architecture = arch;
  facts.gpus = devices.gpus;
  facts.nvswitches = devices.nvswitches;
  facts.gpus_named = true;
  if (kernel) facts.kernel.installed = {{.release = *kernel, .has_headers = false}};
  facts.diagnostics.push_back({.file = {}, .place = "package_facts", .message = "described by flags", .hint = {}});
  return facts;
}

Case read_case(const std::filesystem::path& path, const Catalog& catalog) {
  const auto json = parse_json(read_text(path), path.string());
  REQUIRE(json.has_value());
  Diagnostics problems;
  ObjectReader reader(*json, path.string(), "", problems);
  Case result;
  result.situation = reader.text("situation");
  const Distro* distro = find_distro(catalog, reader.text("distro"));
  REQUIRE(distro != nullptr);
  const auto devices = name_devices(reader.texts("gpus"), catalog);
  REQUIRE(devices.has_value());
  result.facts = described_host(*distro, reader.text("arch"), *devices, reader.nullable_text("kernel"));
  result.request = reader.object("request", read_request);
  result.expected = reader.object("expect", read_expected);
  reader.finish();
  CHECK(problems == Diagnostics{});
  return result;
}

Expected answer_of(const tl::expected<Resolution, Unsatisfiable>& answer) {
  Expected given;
  if (answer) {
    if (answer->driver) given.driver = answer->driver->version;
    if (answer->driver) given.flavour = answer->driver->flavour;
    if (answer->cuda) given.cuda = answer->cuda->release;
    if (answer->cuda) given.packages = answer->cuda->packages;
    return given;
  }
  for (const Conflict& conflict : answer.error().conflicts) given.refused.emplace_back(to_word(conflict.reason));
  for (const Remedy& remedy : answer.error().remedies) given.remedies.push_back(remedy.action + " " + remedy.value);
  return given;
}

}  // namespace

TEST_CASE("every case file gets the answer it expects") {
  const Catalog& catalog = whole_catalog();
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(NVPROV_SOURCE_DIR "/tests/resolve")) {
    const Case situation = read_case(entry.path(), catalog);
    INFO(entry.path().filename().string() << ": " << situation.situation);
    const auto request = check_request(situation.request, catalog);
    REQUIRE(request.has_value());
    Expected given = answer_of(resolve(situation.facts, catalog, *request, {}));
    if (situation.expected.packages.empty()) given.packages.clear();
    CHECK(given.driver == situation.expected.driver);
    CHECK(given.flavour == situation.expected.flavour);
    CHECK(given.cuda == situation.expected.cuda);
    CHECK(given.refused == situation.expected.refused);
    CHECK(given.remedies == situation.expected.remedies);
    CHECK(given.packages == situation.expected.packages);
    ++count;
  }
  CHECK(count >= 20);
}

}  // namespace nvprov
