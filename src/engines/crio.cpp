#include "engines/crio.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "engines/nvidia_runtime.hpp"
#include "engines/toml_draft.hpp"

namespace nvprov {
namespace {

const KeyPath crio_runtimes = {"crio", "runtime", "runtimes"};
const KeyPath crio_nvidia = {"crio", "runtime", "runtimes", "nvidia"};
const KeyPath crio_default = {"crio", "runtime", "default_runtime"};

Status check_crio_types(const TomlDraft& draft) {
  if (const Status tables = check_tables(draft, crio_nvidia); !tables) return tables;
  const Json* value = draft.find(crio_default);
  if (value == nullptr || value->get_if<std::string>() != nullptr) return {};
  return fail(fmt::format("line {}: default_runtime must be a string, and is {}", draft.line_of(crio_default),
                          value->type_name()));
}

Result<TomlDraft> open_crio(const std::optional<std::string>& text) {
  auto draft = TomlDraft::open(text, "");
  if (!draft) return draft;
  if (const Status types = check_crio_types(*draft); !types) return fail(types.error());
  return draft;
}

// All files, the drop-in last.
Result<std::vector<TomlDraft>> open_all(const CrioFiles& files) {
  std::vector<TomlDraft> drafts;
  for (std::size_t i = 0; i < files.others.size(); ++i) {
    auto draft = open_crio(files.others[i]);
    if (!draft) return fail(draft.error().in(fmt::format("in file {} of the others", i + 1)));
    drafts.push_back(*std::move(draft));
  }
  auto drop_in = open_crio(files.drop_in);
  if (!drop_in) return fail(drop_in.error().in("in the drop-in"));
  drafts.push_back(*std::move(drop_in));
  return drafts;
}

std::string crio_path_of(const Json& runtime) {
  const Json* path = runtime.find("runtime_path");
  const auto* text = path != nullptr ? path->get_if<std::string>() : nullptr;
  return text != nullptr ? *text : "";
}

// The last file that says something of a key: that counts.
const TomlDraft* last_with(const std::vector<TomlDraft>& drafts, const KeyPath& key) {
  const auto found =
      std::find_if(drafts.rbegin(), drafts.rend(), [&](const TomlDraft& each) { return each.find(key) != nullptr; });
  return found == drafts.rend() ? nullptr : &*found;
}

std::vector<TomlSetting> crio_settings(const std::vector<TomlDraft>& drafts, const CrioRequest& request) {
  std::optional<std::string> name;
  if (const TomlDraft* draft = last_with(drafts, crio_default))
    name = *draft->find(crio_default)->get_if<std::string>();
  std::vector<TomlSetting> settings = {{{"runtime_path"}, toml_string(request.runtime_path)},
                                       {{"runtime_type"}, "\"oci\""}};
  std::vector<std::string> names = {"runc", "crun"};
  if (name && !name->starts_with("nvidia")) names.insert(names.begin(), *name);
  for (const std::string& each : names) {
    KeyPath key = crio_runtimes;
    key.push_back(each);
    const TomlDraft* source = last_with(drafts, key);
    if (source == nullptr) continue;
    for (TomlSetting& setting : toml_settings(source->text(), key))
      if (setting.key != KeyPath{"runtime_path"} && setting.key != KeyPath{"runtime_type"})
        settings.push_back(std::move(setting));
    return settings;
  }
  return settings;
}

Result<RuntimeState> judge_crio_runtime(const TomlDraft& draft, const CrioRequest& request) {
  const std::string path = crio_path_of(*draft.find(crio_nvidia));
  if (path == request.runtime_path) return RuntimeState::already;
  if (is_nvidia_runtime(path)) return RuntimeState::kept;
  return fail(ErrorKind::refused,
              fmt::format("line {}: the runtime \"nvidia\" there is not NVIDIA's container runtime",
                          draft.line_of(crio_nvidia)),
              {"its path is \"" + path + "\""}, {"give that runtime another name, or remove it"});
}

bool is_crio_ours(const KeyChange& change, const Json& value) {
  return change.key == crio_nvidia ? is_nvidia_runtime(crio_path_of(value)) : value == change.value;
}

}  // namespace

Result<CrioMerge> merge_crio(const CrioFiles& files, const CrioRequest& request) {
  auto drafts = open_all(files);
  if (!drafts) return fail(drafts.error());
  CrioMerge merge;
  if (const TomlDraft* holder = last_with(*drafts, crio_nvidia)) {
    const auto judged = judge_crio_runtime(*holder, request);
    if (!judged) return fail(judged.error());
    merge.runtime = *judged;
    merge.found_path = crio_path_of(*holder->find(crio_nvidia));
  }
  const TomlDraft* named = last_with(*drafts, crio_default);
  const bool is_default = named != nullptr && *named->find(crio_default) == Json("nvidia");
  const std::vector<TomlSetting> settings = crio_settings(*drafts, request);
  TomlDraft& drop_in = drafts->back();
  Status done;
  if (request.make_default && !is_default) done = drop_in.set(crio_default, "nvidia");
  if (done && merge.runtime == RuntimeState::added) done = drop_in.add_table(crio_nvidia, settings);
  if (!done) return fail(done.error());
  auto file = drop_in.file();
  if (!file) return fail(file.error());
  merge.drop_in = *std::move(file);
  return merge;
}

Result<Removal> remove_crio(const std::optional<std::string>& text, const EditRecord& record) {
  return revert_toml(text, record, is_crio_ours);
}

}  // namespace nvprov
