// Every file in tests/engines/ is an engine's configuration, what is asked, and what the files are to hold then; or the
// words of the refusal. What was added is taken out again, and the bytes from before must come back.
// NVPROV_ACCEPT=1 writes the answers given into the files that expect nothing yet ("expect": null): read them.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/json.hpp"
#include "base/text.hpp"
#include "engines/containerd.hpp"
#include "engines/crio.hpp"
#include "engines/docker.hpp"
#include "support/catch.hpp"

namespace nvprov {
namespace {

namespace fs = std::filesystem;

struct EngineCase {
  std::string situation;
  std::string engine;
  std::optional<std::string> version;
  std::vector<std::string> ask;  // "default", "cdi"
  std::optional<std::string> main;
  std::optional<std::string> drop_in;
  std::vector<std::string> others;  // CRI-O's
  Json expect;
};

// What came of it, as the case file has it.
struct EngineAnswer {
  Json expect;
  FileEdit main;
  FileEdit drop_in;
};

std::string read_engine_file(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A file's text: a string as it is, or a list of lines that all have a line end.
std::optional<std::string> file_text(const Json* value) {
  if (value == nullptr || value->is_null()) return std::nullopt;
  if (const auto* text = value->get_if<std::string>()) return *text;
  std::string text;
  for (const Json& line : *value->get_if<JsonArray>()) text += *line.get_if<std::string>() + "\n";
  return text;
}

Json file_json(const std::optional<std::string>& text) {
  if (!text || !text->ends_with('\n') || contains(*text, "\r")) return text;
  return json_array(split_lines(*text), [](std::string_view line) { return Json(line); });
}

EngineCase read_engine_case(const fs::path& path) {
  const auto json = parse_json(read_engine_file(path), path.string());
  REQUIRE(json.has_value());
  Diagnostics problems;
  ObjectReader reader(*json, path.string(), "", problems);
  EngineCase situation;
  situation.situation = reader.text("situation");
  reader.optional_member("source");
  situation.engine = reader.text("engine");
  if (reader.has("version")) situation.version = reader.nullable_text("version");
  situation.ask = reader.texts("ask");
  situation.main = file_text(reader.optional_member("main"));
  situation.drop_in = file_text(reader.optional_member("drop_in"));
  if (const Json* others = reader.optional_member("others"))
    for (const Json& other : *others->get_if<JsonArray>()) situation.others.push_back(file_text(&other).value_or(""));
  if (const Json* expect = reader.optional_member("expect")) situation.expect = *expect;
  reader.finish();
  CHECK(problems == Diagnostics{});
  return situation;
}

bool asks(const EngineCase& situation, std::string_view what) {
  return std::ranges::find(situation.ask, what) != situation.ask.end();
}

std::string_view word_of(RuntimeState state) {
  switch (state) {
    case RuntimeState::added: return "added";
    case RuntimeState::already: return "already";
    case RuntimeState::kept: return "kept";
  }
  return "";
}

EngineAnswer refusal_of(const Error& error) {
  std::vector<std::string> words = {error.message};
  words.insert(words.end(), error.because.begin(), error.because.end());
  words.insert(words.end(), error.context.begin(), error.context.end());
  return {.expect = JsonObject{{"error", json_array(words)}}, .main = {}, .drop_in = {}};
}

// A file that stays byte for byte is "unchanged".
void add_file(JsonObject& expect, std::string_view name, const FileEdit& file) {
  expect.push_back({std::string(name), file.changed() ? file_json(file.text) : Json("unchanged")});
}

EngineAnswer docker_answer(const EngineCase& situation) {
  const auto merge =
      merge_docker(situation.main, {.make_default = asks(situation, "default"), .enable_cdi = asks(situation, "cdi")});
  if (!merge) return refusal_of(merge.error());
  JsonObject expect = {{"runtime", word_of(merge->runtime)}};
  add_file(expect, "main", merge->file);
  return {.expect = expect, .main = merge->file, .drop_in = {}};
}

EngineAnswer containerd_answer(const EngineCase& situation) {
  ContainerdRequest request;
  if (situation.version) request.version = Version::parse(*situation.version);
  request.make_default = asks(situation, "default");
  request.enable_cdi = asks(situation, "cdi");
  const auto merge = merge_containerd({.main = situation.main, .drop_in = situation.drop_in}, request);
  if (!merge) return refusal_of(merge.error());
  JsonObject expect = {{"runtime", word_of(merge->runtime)}};
  add_file(expect, "main", merge->main);
  add_file(expect, "drop_in", merge->drop_in);
  if (merge->cri_is_disabled) expect.push_back({"cri_is_disabled", true});
  if (!merge->imports.empty()) expect.push_back({"imports", json_array(merge->imports)});
  return {.expect = expect, .main = merge->main, .drop_in = merge->drop_in};
}

EngineAnswer crio_answer(const EngineCase& situation) {
  const auto merge = merge_crio({.others = situation.others, .drop_in = situation.drop_in},
                                {.make_default = asks(situation, "default")});
  if (!merge) return refusal_of(merge.error());
  JsonObject expect = {{"runtime", word_of(merge->runtime)}};
  add_file(expect, "drop_in", merge->drop_in);
  return {.expect = expect, .main = {}, .drop_in = merge->drop_in};
}

EngineAnswer answer_of(const EngineCase& situation) {
  if (situation.engine == "docker") return docker_answer(situation);
  if (situation.engine == "containerd") return containerd_answer(situation);
  REQUIRE(situation.engine == "crio");
  return crio_answer(situation);
}

Result<Removal> taken_out(const std::string& engine, const FileEdit& file) {
  // As a journal would keep it.
  const Json json = edit_record_to_json(file.record);
  Diagnostics problems;
  ObjectReader reader(json, "", "", problems);
  const EditRecord record = read_edit_record(reader);
  reader.finish();
  CHECK(problems.empty());
  CHECK(record == file.record);
  if (engine == "docker") return remove_docker(file.text, record);
  return engine == "crio" ? remove_crio(file.text, record) : remove_containerd(file.text, record);
}

void check_removal(const std::string& engine, const FileEdit& file, const std::optional<std::string>& before) {
  if (!file.changed()) return;
  const auto removal = taken_out(engine, file);
  REQUIRE(removal.has_value());
  CHECK(*removal == Removal{.text = before, .left = {}});
}

// Merged once more, with what is there now, nothing changes.
void check_second_merge(EngineCase situation, const EngineAnswer& first) {
  if (first.main.changed()) situation.main = first.main.text;
  if (first.drop_in.changed()) situation.drop_in = first.drop_in.text;
  const EngineAnswer second = answer_of(situation);
  CHECK_FALSE(second.main.changed());
  CHECK_FALSE(second.drop_in.changed());
  CHECK(second.expect.find("error") == nullptr);
}

bool holds_words(const Json& given, const Json& expected) {
  const Json* words = expected.find("error");
  const Json* error = given.find("error");
  if (words == nullptr || error == nullptr) return given == expected;
  const std::string told = format_json(*error);
  return std::ranges::all_of(*words->get_if<JsonArray>(), [&](const Json& each) {
    return contains(told, trim(format_json(each)).substr(1, trim(format_json(each)).size() - 2));
  });
}

void accept_answer(const fs::path& path, const Json& expect) {
  const std::string text = replace_all(std::string(trim(format_json(expect))), "\n", "\n  ");
  const std::string whole = replace_all(read_engine_file(path), "\"expect\": null", "\"expect\": " + text);
  std::ofstream(path) << whole;
}

std::vector<fs::path> engine_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(NVPROV_SOURCE_DIR "/tests/engines")) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

}  // namespace

TEST_CASE("every engine file is merged and taken out as it expects") {
  const std::vector<fs::path> files = engine_files();
  for (const fs::path& file : files) {
    INFO(file.filename().string());
    const EngineCase situation = read_engine_case(file);
    INFO(situation.situation);
    const EngineAnswer answer = answer_of(situation);
    const bool accepting = situation.expect.is_null() && std::getenv("NVPROV_ACCEPT") != nullptr;
    if (accepting) accept_answer(file, answer.expect);
    INFO(format_json(answer.expect));
    if (!accepting) CHECK(holds_words(answer.expect, situation.expect));
    if (answer.expect.find("error") != nullptr) continue;
    check_removal(situation.engine, answer.main, situation.main);
    check_removal(situation.engine, answer.drop_in, situation.drop_in);
    check_second_merge(situation, answer);
  }
  CHECK(files.size() >= 40);
}

}  // namespace nvprov
