// Every file in tests/resolve/ is a situation in words, a machine, a request and the answer expected, with its words.
// NVPROV_ACCEPT=1 writes the answers given into the files that expect nothing yet ("expect": null): read them.

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/json.hpp"
#include "base/text.hpp"
#include "catalog/catalog.hpp"
#include "model/facts_json.hpp"
#include "model/words.hpp"
#include "report/refusal_text.hpp"
#include "report/sentences.hpp"
#include "resolve/described_host.hpp"
#include "resolve/named_gpus.hpp"
#include "resolve/resolve.hpp"
#include "support/catch.hpp"
#include "support/whole_catalog.hpp"

namespace nvprov {
namespace {

namespace fs = std::filesystem;

struct Expected {
  std::optional<std::string> driver;
  std::optional<std::string> flavour;
  std::vector<std::string> cuda;          // "12.4", or "12.4 minor-version"
  std::optional<std::string> toolkit;     // "1.20.1", or "1.19.1 stays"
  std::vector<std::string> engines;       // "docker 26.1.5 switched-on", "podman 4.3.1 by-default from podman"
  std::vector<std::string> refused;       // words of the conflicts
  std::vector<std::string> remedies;      // "choose-cuda 12.9", "drop-gpu T4 + choose-driver auto"
  std::vector<std::string> requirements;  // "gpu T4"
  std::vector<std::string> notices;       // words of those that must be there
  std::vector<std::string> losses;
  std::vector<std::string> packages;  // also what `--with` adds: "libcudnn9-cuda-12=9.1.0.70-1"
  std::vector<std::string> words;     // texts that must be in what the reader is told
};

struct Case {
  std::string situation;
  HostFacts facts;
  Request request;
  RepositoryMetadata metadata;
  std::optional<Expected> expected;
};

std::string read_text(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

void read_texts(ObjectReader& reader, std::string_view key, std::vector<std::string>& to) {
  if (reader.has(key)) to = reader.texts(key);
}

Request read_case_request(ObjectReader& reader) {
  Request request;
  request.target = Target::host;
  read_texts(reader, "profiles", request.profiles);
  if (reader.has("driver")) request.driver = reader.text("driver");
  if (reader.has("module")) request.module = reader.text("module");
  if (reader.has("source")) request.source = reader.text("source");
  read_texts(reader, "cuda", request.cuda);
  read_texts(reader, "libraries", request.libraries);
  read_texts(reader, "tools", request.tools);
  if (reader.has("default_cuda")) request.default_cuda = reader.text("default_cuda");
  read_texts(reader, "with", request.additions);
  read_texts(reader, "engines", request.engines);
  if (reader.has("strict")) request.strict = reader.boolean("strict");
  if (reader.has("target") && reader.text("target") == "image") request.target = Target::image;
  return request;
}

Expected read_expected(ObjectReader& reader) {
  Expected expected;
  expected.driver = reader.nullable_text("driver");
  expected.flavour = reader.nullable_text("flavour");
  expected.cuda = reader.texts("cuda");
  if (reader.has("toolkit")) expected.toolkit = reader.text("toolkit");
  read_texts(reader, "engines", expected.engines);
  expected.refused = reader.texts("refused");
  expected.remedies = reader.texts("remedies");
  read_texts(reader, "requirements", expected.requirements);
  read_texts(reader, "notices", expected.notices);
  read_texts(reader, "losses", expected.losses);
  read_texts(reader, "packages", expected.packages);
  read_texts(reader, "words", expected.words);
  return expected;
}

// "name=version", "name=version from Origin"
InstalledPackage read_installed(const std::string& line) {
  const std::vector<std::string> words = split(line, ' ');
  const std::vector<std::string> name = split(words.front(), '=');
  InstalledPackage package;
  package.name = name.front();
  package.version = name.back();
  package.state = "installed";
  if (words.size() == 3) package.origin = words.back();
  return package;
}

void read_installed(ObjectReader& reader, HostFacts& facts) {
  std::vector<std::string> lines;
  read_texts(reader, "installed", lines);
  if (lines.empty()) return;
  for (const std::string& line : lines) facts.package_facts.packages.push_back(read_installed(line));
  std::ranges::sort(facts.package_facts.packages, {}, &InstalledPackage::name);
}

// "580.126.09 open"
void read_loaded(ObjectReader& reader, HostFacts& facts) {
  if (!reader.has("loaded")) return;
  const std::vector<std::string> words = split(reader.text("loaded"), ' ');
  facts.driver.loaded = LoadedDriver{.version = words.front(), .flavour = words.back()};
}

HostFacts read_host(ObjectReader& reader, const Catalog& catalog) {
  const Distro* distro = find_distro(catalog, reader.text("distro"));
  REQUIRE(distro != nullptr);
  HostFacts facts = described_host(*distro, reader.text("arch"));
  facts.observed_on = reader.has("today") ? reader.text("today") : "2026-11-22";
  const auto devices = name_devices(reader.texts("gpus"), catalog);
  REQUIRE(devices.has_value());
  facts.gpus = devices->gpus;
  facts.nvswitches = devices->nvswitches;
  facts.gpus_named = true;
  std::vector<std::string> passed_over;
  read_texts(reader, "passed_over", passed_over);
  facts.gpus_passed_over = name_devices(passed_over, catalog).value_or(NamedDevices{}).gpus;
  if (const auto kernel = reader.nullable_text("kernel"))
    facts.kernel.installed = {{.release = *kernel, .has_headers = false}};
  if (reader.has("nvlink_switch_manager")) facts.nvlink_switch_manager = reader.text("nvlink_switch_manager");
  if (reader.has("secure_boot"))
    facts.secure_boot = SecureBootFacts{.enabled = reader.boolean("secure_boot"), .dkms_key_enrolled = {}};
  std::vector<std::string> toolkits;
  read_texts(reader, "toolkits", toolkits);
  for (const std::string& version : toolkits)
    facts.cuda_toolkits.push_back({.path = "/usr/local/cuda-" + version, .version = version});
  read_installed(reader, facts);
  read_loaded(reader, facts);
  std::vector<std::string> engines;
  read_texts(reader, "engines", engines);
  for (const std::string& engine : engines) facts.container_engines.push_back({.name = engine, .path = ""});
  return facts;
}

// "offered": what the repository of the container toolkit holds, "name=version"; those of the sources are not asked.
RepositoryMetadata read_offered(ObjectReader& reader, const Catalog& catalog, const HostFacts& facts) {
  RepositoryMetadata metadata;
  if (!reader.has("offered")) return metadata;
  metadata.known = true;
  for (const std::string& line : reader.texts("offered")) {
    const std::vector<std::string> words = split(line, '=');
    metadata.offers.push_back({.name = words.front(),
                               .version = words.back(),
                               .architecture = {},
                               .origin = {},
                               .suite = {},
                               .download_bytes = 0,
                               .installed_bytes = 0,
                               .candidate = true});
  }
  for (const PackageSource& source : distro_of(facts, catalog)->package_sources)
    metadata.silent_about.push_back(source.id);
  return metadata;
}

// A fixture host, as it was detected: tests/golden/hosts/<name>.json.
HostFacts read_fixture(const std::string& name) {
  const std::string path = std::string(NVPROV_SOURCE_DIR) + "/tests/golden/hosts/" + name + ".facts.json";
  const auto facts = facts_from_json(read_text(path), path);
  REQUIRE(facts.has_value());
  return *facts;
}

Case read_case(const fs::path& path, const Catalog& catalog) {
  const auto json = parse_json(read_text(path), path.string());
  REQUIRE(json.has_value());
  Diagnostics problems;
  ObjectReader reader(*json, path.string(), "", problems);
  Case result;
  result.situation = reader.text("situation");
  result.facts = reader.has("host") ? read_fixture(reader.text("host")) : read_host(reader, catalog);
  result.metadata = read_offered(reader, catalog, result.facts);
  result.request = reader.object("request", read_case_request);
  result.expected = reader.nullable_object("expect", read_expected);
  reader.finish();
  CHECK(problems == Diagnostics{});
  return result;
}

// --- the answer in the same words ---

std::string words_of(const Remedy& remedy) {
  std::vector<std::string> changes;
  for (const Change& change : remedy.changes) changes.push_back(change.action + " " + change.value);
  return join(changes, " + ");
}

std::string words_of(const CudaChoice& cuda) {
  return cuda.support == CudaSupport::full ? cuda.release : cuda.release + " " + std::string(to_word(cuda.support));
}

std::string words_of(const PackageRequest& package) {
  return package.version ? package.name + "=" + *package.version : package.name;
}

std::string words_of(const EngineChoice& engine) {
  return engine.id + (engine.version ? " " + *engine.version : "") + " " + std::string(to_word(engine.cdi)) +
         (engine.package ? " from " + *engine.package : "");
}

Expected answer_of(const Resolution& resolution) {
  Expected given;
  if (resolution.driver) given.driver = resolution.driver->version;
  if (resolution.driver) given.flavour = resolution.driver->flavour;
  if (resolution.driver) given.packages = resolution.driver->packages;
  for (const CudaChoice& cuda : resolution.cuda) {
    given.cuda.push_back(words_of(cuda));
    given.packages.insert(given.packages.end(), cuda.packages.begin(), cuda.packages.end());
    if (cuda.compiler) given.packages.push_back(cuda.compiler->package);
  }
  if (const auto& toolkit = resolution.container_toolkit) {
    given.toolkit = toolkit->version + (toolkit->kept ? " stays" : "");
    for (const PackageRequest& package : toolkit->packages) given.packages.push_back(words_of(package));
  }
  for (const EngineChoice& engine : resolution.engines) given.engines.push_back(words_of(engine));
  for (const AdditionChoice& addition : resolution.additions)
    for (const PackageRequest& package : addition.packages) given.packages.push_back(words_of(package));
  for (const Notice& notice : resolution.notices) given.notices.emplace_back(to_word(notice.kind));
  for (const Loss& loss : resolution.losses)
    given.losses.push_back(std::string(to_word(loss.kind)) + " " + loss.subject);
  return given;
}

Expected answer_of(const Unsatisfiable& refusal) {
  Expected given;
  for (const Conflict& conflict : refusal.conflicts) given.refused.emplace_back(to_word(conflict.reason));
  for (const Remedy& remedy : refusal.remedies) given.remedies.push_back(words_of(remedy));
  for (const Requirement& each : refusal.requirements)
    given.requirements.emplace_back(trim(std::string(to_word(each.kind)) + " " + each.subject));
  return given;
}

// All that the reader is told, on one line.
std::string told(const tl::expected<Resolution, Unsatisfiable>& answer) {
  std::string text;
  if (!answer) {
    for (const Conflict& conflict : answer.error().conflicts) text += sentence(conflict) + "\n";
    for (const Remedy& remedy : answer.error().remedies) text += sentence(remedy) + "\n";
    return text;
  }
  for (const Reason& reason : answer->reasons) text += sentence(reason) + "\n";
  for (const RejectedCandidate& each : answer->rejected) text += each.subject + ": " + sentence(each.conflict) + "\n";
  for (const Notice& notice : answer->notices) text += sentence(notice) + "\n";
  for (const Loss& loss : answer->losses) text += sentence(loss) + "\n";
  for (const Conflict& blocker : answer->blockers) text += sentence(blocker) + "\n";
  return text;
}

bool holds_all(const std::vector<std::string>& all, const std::vector<std::string>& wanted) {
  return std::ranges::all_of(wanted,
                             [&](const std::string& each) { return std::ranges::find(all, each) != all.end(); });
}

Json texts(const std::vector<std::string>& values) { return json_array(values); }

// Puts the answer in place of `"expect": null`.
void accept(const fs::path& path, const Expected& given) {
  JsonObject expect = {{"driver", given.driver},
                       {"flavour", given.flavour},
                       {"cuda", texts(given.cuda)},
                       {"refused", texts(given.refused)},
                       {"remedies", texts(given.remedies)}};
  if (given.toolkit) expect.push_back({"toolkit", given.toolkit});
  if (!given.engines.empty()) expect.push_back({"engines", texts(given.engines)});
  if (!given.requirements.empty()) expect.push_back({"requirements", texts(given.requirements)});
  if (!given.losses.empty()) expect.push_back({"losses", texts(given.losses)});
  std::string text = replace_all(format_json(Json(expect)), "\n", "\n  ");
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.pop_back();
  const std::string whole = replace_all(read_text(path), "\"expect\": null", "\"expect\": " + text);
  std::ofstream(path) << whole;
}

std::vector<fs::path> case_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(NVPROV_SOURCE_DIR "/tests/resolve")) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

// Every second file, from the first or from the second on: the halves run side by side.
void check_every_second(std::size_t first) {
  const Catalog& catalog = whole_catalog();
  const std::vector<fs::path> files = case_files();
  std::size_t count = 0;
  for (std::size_t i = first; i < files.size(); i += 2) {
    const fs::path& file = files[i];
    INFO(file.filename().string());
    const Case situation = read_case(file, catalog);
    INFO(situation.situation);
    const auto request = check_request(situation.request, catalog);
    REQUIRE(request.has_value());
    const auto answer = resolve(situation.facts, catalog, *request, situation.metadata);
    const Expected given = answer ? answer_of(*answer) : answer_of(answer.error());
    ++count;
    if (!situation.expected && std::getenv("NVPROV_ACCEPT") != nullptr) accept(file, given);
    REQUIRE((situation.expected || std::getenv("NVPROV_ACCEPT") != nullptr));
    if (!situation.expected) continue;
    const Expected& expected = *situation.expected;
    CHECK(given.driver == expected.driver);
    CHECK(given.flavour == expected.flavour);
    CHECK(given.cuda == expected.cuda);
    CHECK(given.toolkit == expected.toolkit);
    CHECK(given.engines == expected.engines);
    CHECK(given.refused == expected.refused);
    CHECK(given.remedies == expected.remedies);
    if (!expected.requirements.empty()) CHECK(given.requirements == expected.requirements);
    CHECK(given.losses == expected.losses);
    INFO("notices " << join(given.notices, ", ") << "; packages " << join(given.packages, " "));
    CHECK(holds_all(given.notices, expected.notices));
    CHECK(holds_all(given.packages, expected.packages));
    const std::string text = told(answer);
    for (const std::string& words : expected.words) {
      INFO(text);
      CHECK(contains(text, words));
    }
  }
  CHECK(count >= 75);
}

}  // namespace

TEST_CASE("every case file gets the answer it expects") { check_every_second(0); }

TEST_CASE("every other case file gets the answer it expects") { check_every_second(1); }

}  // namespace nvprov
