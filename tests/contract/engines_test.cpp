// What the merges make of the files in tests/engines/, before the real containerd and dockerd: NVPROV_CONTAINERDS and
// NVPROV_DOCKERDS name the programs, separated by colons.

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/text.hpp"
#include "base/toml.hpp"
#include "engines/containerd.hpp"
#include "engines/docker.hpp"
#include "host/run_command.hpp"
#include "support/catch.hpp"
#include "support/temp_folder.hpp"

namespace nvprov::engines_contract {
namespace {

namespace fs = std::filesystem;

CommandOutput ran(const std::vector<std::string>& argv) {
  const auto output = run_command({.argv = argv, .environment = {}}, {}, {});
  REQUIRE(output);
  return *output;
}

std::vector<std::string> programs(const char* variable) {
  const char* value = std::getenv(variable);
  std::vector<std::string> all = split(value == nullptr ? "" : value, ':');
  std::erase(all, "");
  return all;
}

// The first thing in what a program says of itself that is a version: "1.6.20~ds1" is 1.6.20.
Version version_of(const std::string& program) {
  for (const std::string& word : split_words(ran({program, "--version"}).out)) {
    const auto version = Version::parse(word.substr(0, word.find_first_not_of("0123456789.")));
    if (version && version->parts().size() > 1) return *version;
  }
  FAIL(program << " does not say its version");
  return {};
}

struct Sample {
  std::string name;
  Json json;
};

std::vector<Sample> samples(std::string_view engine) {
  std::vector<Sample> all;
  for (const auto& entry : fs::directory_iterator(NVPROV_SOURCE_DIR "/tests/engines")) {
    std::ifstream file(entry.path());
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto json = parse_json(text, entry.path().string());
    REQUIRE(json);
    if (*json->find("engine") == Json(engine)) all.push_back({entry.path().stem().string(), *json});
  }
  std::ranges::sort(all, {}, &Sample::name);
  return all;
}

std::optional<std::string> text_of(const Sample& sample, std::string_view key) {
  const Json* value = sample.json.find(key);
  if (value == nullptr || value->is_null()) return std::nullopt;
  if (const auto* text = value->get_if<std::string>()) return *text;
  std::string text;
  for (const Json& line : *value->get_if<JsonArray>()) text += *line.get_if<std::string>() + "\n";
  return text;
}

bool asks(const Sample& sample, std::string_view what) {
  const JsonArray& words = *sample.json.find("ask")->get_if<JsonArray>();
  return std::ranges::find(words, Json(what)) != words.end();
}

// --- containerd ---

// A folder in place of /etc/containerd.
class ContainerdFolder {
 public:
  explicit ContainerdFolder(const std::string& program) : program_(program) {}

  ContainerdRequest request() const {
    ContainerdRequest request;
    request.version = version_of(program_);
    request.main_path = folder_.path() + "/config.toml";
    request.drop_in_path = folder_.path() + "/conf.d/99-nvidia.toml";
    return request;
  }
  std::optional<std::string> moved(const std::optional<std::string>& text) const {
    return text ? std::optional(replace_all(*text, "/etc/containerd", folder_.path())) : std::nullopt;
  }
  void write(const std::optional<std::string>& main, const std::optional<std::string>& drop_in) const {
    fs::remove_all(folder_.path() + "/conf.d");
    folder_.write("config.toml", main.value_or("version = 2\n"));
    if (drop_in) folder_.write("conf.d/99-nvidia.toml", *drop_in);
  }
  // nullopt where containerd does not take the files.
  std::optional<Json> dump() const {
    const CommandOutput output = ran({program_, "-c", folder_.path() + "/config.toml", "config", "dump"});
    if (output.exit_status != 0) return std::nullopt;
    text_ = output.out;
    const auto json = parse_toml(output.out);
    REQUIRE(json);
    return *json;
  }
  const std::string& dumped() const { return text_; }

 private:
  std::string program_;
  test::TempFolder folder_;
  mutable std::string text_;
};

// Whether a value says no more than its absence.
bool says_nothing(const Json& value) {
  return value == Json(JsonObject{}) || value == Json("") || value == Json(0) || value == Json(false);
}

// What containerd says, without what is ours, and without what says nothing: of a built-in runtime it lists every
// option. An empty sandbox_mode means the "podsandbox" it lists there (containerd 1.7, ValidatePluginConfig).
Json foreign(const Json& whole, const Sample& sample) {
  const auto* members = whole.get_if<JsonObject>();
  if (members == nullptr) return whole;
  JsonObject rest;
  for (const JsonMember& member : *members) {
    const bool ours = member.key == "nvidia" || member.key == "imports" || member.key == "sandbox_mode" ||
                      (member.key == "default_runtime_name" && asks(sample, "default")) ||
                      (member.key == "enable_cdi" && asks(sample, "cdi"));
    Json value = ours ? Json(JsonObject{}) : foreign(member.value, sample);
    if (!says_nothing(value)) rest.push_back({member.key, std::move(value)});
  }
  return rest;
}

// Whether containerd took the files from before, so that there was something to compare.
bool check_containerd(const std::string& program, const Sample& sample) {
  const ContainerdFolder folder(program);
  ContainerdRequest request = folder.request();
  request.make_default = asks(sample, "default");
  request.enable_cdi = asks(sample, "cdi");
  const ContainerdFiles files = {.main = folder.moved(text_of(sample, "main")),
                                 .drop_in = folder.moved(text_of(sample, "drop_in"))};
  const auto merge = merge_containerd(files, request);
  if (!merge) return false;
  folder.write(files.main, files.drop_in);
  const auto before = folder.dump();
  if (!before) return false;
  folder.write(merge->main.text, merge->drop_in.text);
  const auto after = folder.dump();
  REQUIRE(after);
  INFO(folder.dumped());
  // Of a plugin that is switched off containerd 1 says nothing.
  if (!merge->cri_is_disabled) CHECK(shows_nvidia_runtime(folder.dumped()) == true);
  CHECK(foreign(*before, sample) == foreign(*after, sample));
  const std::string named = replace_all(folder.dumped(), "'", "\"");
  if (request.make_default) CHECK(contains(named, "default_runtime_name = \"nvidia\""));
  if (request.enable_cdi && *request.version >= *Version::parse("1.7")) CHECK(contains(named, "enable_cdi = true"));
  return true;
}

constexpr std::string_view trap_drop_in =
    "version = {0}\n[plugins.\"{1}\".containerd.runtimes.nvidia]\nruntime_type = \"io.containerd.runc.v2\"\n";
constexpr std::string_view trap_main =
    "version = {0}\nimports = [\"{2}/*.toml\"]\n[plugins.\"{1}\".containerd.runtimes.mine]\n"
    "runtime_type = \"io.containerd.runc.v2\"\n";

// Whether a runtime of the main file is still there beside a drop-in's.
bool puts_together(const std::string& program, int main_version, int drop_in_version) {
  const auto plugin = [](int version) {
    return version == 2 ? "io.containerd.grpc.v1.cri" : "io.containerd.cri.v1.runtime";
  };
  const ContainerdFolder folder(program);
  const std::string drop_in_folder = fs::path(folder.request().drop_in_path).parent_path().string();
  folder.write(fmt::format(fmt::runtime(trap_main), main_version, plugin(main_version), drop_in_folder),
               fmt::format(fmt::runtime(trap_drop_in), drop_in_version, plugin(drop_in_version)));
  REQUIRE(folder.dump());
  return contains(folder.dumped(), "runtimes.mine]") && contains(folder.dumped(), "runtimes.nvidia]");
}

// --- docker ---

bool accepts(const std::string& dockerd, const std::string& file) {
  return ran({dockerd, "--validate", "--config-file", file}).exit_status == 0;
}

bool check_docker(const std::string& dockerd, const Version& version, const Sample& sample) {
  const test::TempFolder folder;
  DockerRequest request;
  request.make_default = asks(sample, "default");
  request.enable_cdi = asks(sample, "cdi") && version >= *Version::parse("25");
  const auto before = text_of(sample, "main");
  const auto merge = merge_docker(before, request);
  if (!merge) return false;
  if (before && !trim(*before).empty() && !accepts(dockerd, folder.write("before.json", *before))) return false;
  INFO(merge->file.text.value_or(""));
  CHECK(accepts(dockerd, folder.write("after.json", merge->file.text.value_or(""))));
  return true;
}

}  // namespace

TEST_CASE("containerd has the runtime and every foreign setting after the merge", "[engines]") {
  for (const std::string& program : programs("NVPROV_CONTAINERDS")) {
    INFO(program);
    std::size_t compared = 0;
    for (const Sample& sample : samples("containerd")) {
      INFO(sample.name);
      compared += check_containerd(program, sample) ? 1 : 0;
    }
    CHECK(compared >= 15);
  }
}

TEST_CASE("from 2.1 on containerd puts files of one version together, before it the later section counts",
          "[engines]") {
  for (const std::string& program : programs("NVPROV_CONTAINERDS")) {
    const Version version = version_of(program);
    INFO(program << " " << version.text());
    CHECK(puts_together(program, 2, 2) == (version >= *Version::parse("2.1")));
    if (version < *Version::parse("2.1")) continue;
    CHECK(puts_together(program, 3, 3));
    CHECK_FALSE(puts_together(program, 2, 3));
    CHECK_FALSE(puts_together(program, 3, 2));
  }
}

TEST_CASE("containerd 2 does not read the CRI settings of a version-1 file, containerd 1 does", "[engines]") {
  for (const std::string& program : programs("NVPROV_CONTAINERDS")) {
    const ContainerdFolder folder(program);
    folder.write("[plugins.cri.containerd.runtimes.nvidia.options]\nBinaryName = \"nvidia-container-runtime\"\n", {});
    REQUIRE(folder.dump());
    CHECK(shows_nvidia_runtime(folder.dumped()) == (version_of(program) < *Version::parse("2")));
  }
}

TEST_CASE("dockerd accepts daemon.json after the merge", "[engines]") {
  for (const std::string& program : programs("NVPROV_DOCKERDS")) {
    const Version version = version_of(program);
    INFO(program << " " << version.text());
    if (version < *Version::parse("23")) {
      WARN("dockerd " << version.text() << " cannot check a file (no --validate): nothing is tried with it");
      continue;
    }
    std::size_t compared = 0;
    for (const Sample& sample : samples("docker")) {
      INFO(sample.name);
      compared += check_docker(program, version, sample) ? 1 : 0;
    }
    CHECK(compared >= 12);
  }
}

}  // namespace nvprov::engines_contract
