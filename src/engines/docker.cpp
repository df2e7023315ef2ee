#include "engines/docker.hpp"

#include <fmt/format.h>

#include "base/json_edit.hpp"
#include "base/text.hpp"
#include "engines/nvidia_runtime.hpp"

namespace nvprov {
namespace {

const KeyPath docker_runtime = {"runtimes", "nvidia"};
const KeyPath docker_default = {"default-runtime"};
const KeyPath docker_cdi = {"features", "cdi"};

std::size_t line_of(std::string_view text, const KeyPath& key) {
  const auto span = find_json_value(text, key);
  return span ? line_at(text, span->begin) : 1;
}

// "/runtimes/nvidia" as the keys of a path.
KeyPath keys_of(std::string_view place) { return place.empty() ? KeyPath{} : split(place.substr(1), '/'); }

// The problem with its line in front; a place that is a JSON path is looked up.
std::string with_line(std::string_view text, const Diagnostic& problem) {
  if (!problem.place.starts_with("/")) return problem.place + ": " + problem.message;
  const KeyPath keys = keys_of(problem.place);
  return fmt::format("line {}: {}: {}", line_of(text, keys), dotted(keys), problem.message);
}

Result<Json> parse_daemon_json(std::string_view text) {
  const auto json = parse_json(text, "");
  if (!json) return fail(with_line(text, json.error().front()));
  if (json->get_if<JsonObject>() != nullptr) return *json;
  return fail(fmt::format("line {}: expected an object, found {}", line_of(text, {}), json->type_name()));
}

std::string expected(std::string_view text, const KeyPath& key, std::string_view what, const Json& found) {
  return fmt::format("line {}: {} must be {}, and is {}", line_of(text, key), dotted(key), what, found.type_name());
}

// The places to be written to, where they are there, are of the type dockerd wants.
Status check_daemon_types(std::string_view text, const Json& json) {
  for (const KeyPath& key : {KeyPath{"runtimes"}, docker_runtime, KeyPath{"features"}})
    if (const Json* value = value_at(json, key); value != nullptr && value->get_if<JsonObject>() == nullptr)
      return fail(expected(text, key, "an object", *value));
  if (const Json* value = value_at(json, docker_cdi); value != nullptr && value->get_if<bool>() == nullptr)
    return fail(expected(text, docker_cdi, "true or false", *value));
  if (const Json* value = value_at(json, docker_default); value != nullptr && value->get_if<std::string>() == nullptr)
    return fail(expected(text, docker_default, "a string", *value));
  return {};
}

bool is_empty_list(const Json& value) {
  const auto* items = value.get_if<JsonArray>();
  return value.is_null() || (items != nullptr && items->empty());
}

// NVIDIA's runtime without arguments, found in PATH or in its usual place; nvidia-docker2 wrote "runtimeArgs".
bool is_plain_runtime(const JsonObject& runtime, std::string_view asked_path) {
  bool path_fits = false;
  for (const JsonMember& member : runtime) {
    if (member.key == "path")
      path_fits = member.value == Json(asked_path) || member.value == Json("nvidia-container-runtime") ||
                  member.value == Json("/usr/bin/nvidia-container-runtime");
    else if ((member.key != "args" && member.key != "runtimeArgs") || !is_empty_list(member.value))
      return false;
  }
  return path_fits;
}

std::string path_of(const Json& runtime) {
  const Json* path = runtime.find("path");
  const auto* text = path != nullptr ? path->get_if<std::string>() : nullptr;
  return text != nullptr ? *text : "";
}

Result<RuntimeState> judge_runtime(std::string_view text, const Json& json, const DockerRequest& request) {
  const Json* runtime = value_at(json, docker_runtime);
  if (runtime == nullptr) return RuntimeState::added;
  if (is_plain_runtime(*runtime->get_if<JsonObject>(), request.runtime_path)) return RuntimeState::already;
  if (is_nvidia_runtime(path_of(*runtime))) return RuntimeState::kept;
  return fail(ErrorKind::refused,
              fmt::format("line {}: the runtime \"nvidia\" there is not NVIDIA's container runtime",
                          line_of(text, docker_runtime)),
              {"its path is \"" + path_of(*runtime) + "\""}, {"give that runtime another name, or remove it"});
}

// A draft of the file, and the record of what was done to it.
class DaemonJson {
 public:
  explicit DaemonJson(const std::optional<std::string>& text) : text_(text.value_or("")) {
    if (!trim(text_).empty()) return;
    record_.made_document = true;
    record_.blank = text;
    text_ = "{}\n";
  }

  const std::string& text() const { return text_; }

  // Puts the value there, unless it is already.
  void set(const KeyPath& key, const Json& value) {
    if (const auto span = find_json_value(text_, key)) {
      const std::string former(part(text_, *span));
      if (parse_json(former, "") == value) return;
      text_ = edited(text_, *replace_json_value(text_, key, value));
      record_.changes.push_back({.key = key, .value = value, .former = former, .inserted = {}, .made = 0});
      return;
    }
    const KeyPath around(key.begin(), key.end() - 1);
    const bool made = !find_json_value(text_, around);
    const auto edit = made ? insert_json_member(text_, {}, key.front(), JsonObject{{key.back(), value}})
                           : insert_json_member(text_, around, key.back(), value);
    if (!edit) return;
    text_ = edited(text_, *edit);
    record_.changes.push_back(
        {.key = key, .value = value, .former = {}, .inserted = edit->text, .made = made ? std::size_t{1} : 0});
  }

  FileEdit file(const std::optional<std::string>& before) const {
    if (record_.changes.empty()) return {.text = before, .record = {}};
    return {.text = text_, .record = record_};
  }

 private:
  std::string text_;
  EditRecord record_;
};

bool is_still_ours(const KeyChange& change, const Json& value) {
  return change.key == docker_runtime ? is_nvidia_runtime(path_of(value)) : value == change.value;
}

const TextFormat& daemon_format() {
  static const TextFormat format = {.parse = parse_daemon_json,
                                    .remove =
                                        [](std::string_view text, const KeyPath& key) {
                                          const auto edit = remove_json_member(text, key);
                                          return edit ? edited(text, *edit) : std::string(text);
                                        },
                                    .restore =
                                        [](std::string_view text, const KeyPath& key, std::string_view former) {
                                          const auto span = find_json_value(text, key);
                                          return span ? edited(text, {*span, std::string(former)}) : std::string(text);
                                        },
                                    .is_empty = [](const Json& json) { return json == Json(JsonObject{}); }};
  return format;
}

}  // namespace

Result<DockerMerge> merge_docker(const std::optional<std::string>& text, const DockerRequest& request) {
  DaemonJson draft(text);
  const auto before = parse_daemon_json(draft.text());
  if (!before) return fail(before.error());
  if (const Status types = check_daemon_types(draft.text(), *before); !types) return fail(types.error());
  const auto runtime = judge_runtime(draft.text(), *before, request);
  if (!runtime) return fail(runtime.error());

  DockerMerge merge{.file = {}, .runtime = *runtime, .found_path = {}};
  if (const Json* found = value_at(*before, docker_runtime)) merge.found_path = path_of(*found);
  if (*runtime == RuntimeState::added)
    draft.set(docker_runtime, JsonObject{{"args", JsonArray{}}, {"path", request.runtime_path}});
  if (request.make_default) draft.set(docker_default, "nvidia");
  if (request.enable_cdi) draft.set(docker_cdi, true);
  merge.file = draft.file(text);

  const auto after = parse_daemon_json(draft.text());
  if (!after) return fail(after.error().in("reading what nvprov made of the file"));
  if (const Status good = check_edit(*before, *after, merge.file.record); !good) return fail(good.error());
  return merge;
}

Result<Removal> remove_docker(const std::optional<std::string>& text, const EditRecord& record) {
  if (text && trim(*text).empty()) return Removal{.text = text, .left = {}};
  return revert(text, record, daemon_format(), is_still_ours);
}

}  // namespace nvprov
