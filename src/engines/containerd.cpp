#include "engines/containerd.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "base/toml.hpp"
#include "engines/nvidia_runtime.hpp"
#include "engines/toml_draft.hpp"

namespace nvprov {
namespace {

// Where a version of the file has what we write.
struct ContainerdLayout {
  std::int64_t version = 2;
  std::string plugin;

  KeyPath cri() const { return {"plugins", plugin}; }
  KeyPath containerd() const { return {"plugins", plugin, "containerd"}; }
  KeyPath default_name() const { return {"plugins", plugin, "containerd", "default_runtime_name"}; }
  KeyPath cdi() const { return {"plugins", plugin, "enable_cdi"}; }
  KeyPath runtimes() const { return {"plugins", plugin, "containerd", "runtimes"}; }
  KeyPath runtime() const { return {"plugins", plugin, "containerd", "runtimes", "nvidia"}; }
};

std::string_view plugin_of(std::int64_t version) {
  if (version == 1) return "cri";
  return version == 2 ? "io.containerd.grpc.v1.cri" : "io.containerd.cri.v1.runtime";
}

bool is_at_least(const std::optional<Version>& version, std::string_view limit) {
  return version && *version >= *Version::parse(limit);
}

// From containerd 2.1 on, what several files say of one plugin is put together; before, the last file's section counts
// alone.
bool merges_plugins(const ContainerdRequest& request) { return is_at_least(request.version, "2.1"); }

// A file without a version has version 1.
Result<std::int64_t> config_version(const TomlDraft& draft) {
  const Json* value = draft.find({"version"});
  if (value == nullptr) return 1;
  const auto* number = value->get_if<std::int64_t>();
  if (number != nullptr && *number >= 1 && *number <= 3) return *number;
  return fail(fmt::format("line {}: version must be 1, 2 or 3, and is {}", draft.line_of({"version"}),
                          number != nullptr ? std::to_string(*number) : std::string(value->type_name())));
}

// containerd 2 leaves out the CRI settings of a version-1 file, and containerd 1 those of a version-3 file, in silence.
Result<ContainerdLayout> layout_of_main(const TomlDraft& main, const ContainerdRequest& request) {
  const auto version = config_version(main);
  if (!version) return fail(version.error());
  const bool second = is_at_least(request.version, "2.0");
  if (*version == 3 && request.version && !second)
    return fail(fmt::format("line {}: version 3 is for containerd 2, and this is containerd {}",
                            main.line_of({"version"}), request.version->text()));
  if (*version > 1 || !second) return ContainerdLayout{.version = *version, .plugin = std::string(plugin_of(*version))};
  if (main.find({"plugins"}) == nullptr && merges_plugins(request))
    return ContainerdLayout{.version = 2, .plugin = std::string(plugin_of(2))};
  return fail(ErrorKind::failed, "the file is of version 1, whose settings for Kubernetes containerd 2 does not read",
              {}, {"bring it to the present form with `containerd config migrate`"});
}

std::optional<std::string> text_at(const TomlDraft& draft, const KeyPath& key) {
  const Json* value = draft.find(key);
  const auto* text = value != nullptr ? value->get_if<std::string>() : nullptr;
  return text != nullptr ? std::optional(*text) : std::nullopt;
}

Status check_types(const TomlDraft& draft, const ContainerdLayout& layout) {
  KeyPath options = layout.runtime();
  options.emplace_back("options");
  if (const Status tables = check_tables(draft, options); !tables) return tables;
  if (const Json* value = draft.find(layout.default_name());
      value != nullptr && value->get_if<std::string>() == nullptr)
    return fail(fmt::format("line {}: default_runtime_name must be a string, and is {}",
                            draft.line_of(layout.default_name()), value->type_name()));
  if (const Json* value = draft.find(layout.cdi()); value != nullptr && value->get_if<bool>() == nullptr)
    return fail(fmt::format("line {}: enable_cdi must be true or false, and is {}", draft.line_of(layout.cdi()),
                            value->type_name()));
  const Json* imports = draft.find({"imports"});
  if (imports == nullptr) return {};
  const auto* items = imports->get_if<JsonArray>();
  if (items != nullptr &&
      std::ranges::all_of(*items, [](const Json& each) { return each.get_if<std::string>() != nullptr; }))
    return {};
  return fail(fmt::format("line {}: imports must be a list of strings", draft.line_of({"imports"})));
}

std::string folder_of(std::string_view path) { return std::string(path.substr(0, path.rfind('/'))); }

std::vector<std::string> imports_of(const TomlDraft& main) {
  std::vector<std::string> imports;
  const Json* value = main.find({"imports"});
  const auto* items = value != nullptr ? value->get_if<JsonArray>() : nullptr;
  if (items == nullptr) return imports;
  for (const Json& item : *items) imports.push_back(*item.get_if<std::string>());
  return imports;
}

std::string drop_in_pattern(const ContainerdRequest& request) { return folder_of(request.drop_in_path) + "/*.toml"; }

// An import counts from the main file's folder on.
bool covers_drop_in(const std::string& import, const ContainerdRequest& request) {
  const std::string path = import.starts_with('/') ? import : folder_of(request.main_path) + "/" + import;
  return path == request.drop_in_path || path == drop_in_pattern(request) ||
         path == folder_of(request.drop_in_path) + "/*";
}

bool imports_drop_in(const TomlDraft& main, const ContainerdRequest& request) {
  return std::ranges::any_of(imports_of(main), [&](const auto& each) { return covers_drop_in(each, request); });
}

// The two files, and which of them is written to.
struct ContainerdDrafts {
  TomlDraft main;
  TomlDraft drop_in;
  ContainerdLayout layout;
  bool in_drop_in = false;

  TomlDraft& target() { return in_drop_in ? drop_in : main; }
};

// Where a file that is imported has a section of the plugin, containerd before 2.1 looks at that alone.
bool drop_in_replaces_main(const ContainerdDrafts& drafts, const ContainerdFiles& files,
                           const ContainerdRequest& request) {
  return files.drop_in && imports_drop_in(drafts.main, request) && drafts.drop_in.find(drafts.layout.cri()) != nullptr;
}

// containerd takes from a file only what stands under the names of that file's own version.
Status check_drop_in_version(const ContainerdDrafts& drafts) {
  const auto version = config_version(drafts.drop_in);
  if (!version) return fail(version.error());
  if (*version == drafts.layout.version) return {};
  return fail(ErrorKind::refused,
              fmt::format("the file is of version {}, and the main file of version {}: containerd "
                          "would not put them together",
                          *version, drafts.layout.version),
              {}, {"remove it, or bring both to one version"});
}

Result<ContainerdDrafts> open_drafts(const ContainerdFiles& files, const ContainerdRequest& request) {
  auto main = TomlDraft::open(files.main, "version = 2\n");
  if (!main) return fail(main.error());
  auto layout = layout_of_main(*main, request);
  if (!layout) return fail(layout.error());
  if (const Status types = check_types(*main, *layout); !types) return fail(types.error());
  auto drop_in = TomlDraft::open(files.drop_in, fmt::format("version = {}\n", layout->version));
  if (!drop_in) return fail(drop_in.error().in("in the drop-in"));
  ContainerdDrafts drafts{*std::move(main), *std::move(drop_in), *std::move(layout), false};
  drafts.in_drop_in = merges_plugins(request) || drop_in_replaces_main(drafts, files, request);
  if (!drafts.in_drop_in) return drafts;
  Status good = check_drop_in_version(drafts);
  if (good) good = check_types(drafts.drop_in, drafts.layout);
  if (!good) return fail(good.error().in("in the drop-in"));
  return drafts;
}

std::string binary_of(const Json& runtime) {
  for (const std::string_view key : {"BinaryName", "Runtime"}) {
    const Json* value = value_at(runtime, {"options", std::string(key)});
    const auto* text = value != nullptr ? value->get_if<std::string>() : nullptr;
    if (text != nullptr && !text->empty()) return *text;
  }
  return "";
}

Result<RuntimeState> judge_containerd_runtime(const TomlDraft& draft, const ContainerdLayout& layout,
                                              const ContainerdRequest& request) {
  const Json* runtime = draft.find(layout.runtime());
  if (runtime == nullptr) return RuntimeState::added;
  const std::string binary = binary_of(*runtime);
  if (binary == request.runtime_path) return RuntimeState::already;
  if (is_nvidia_runtime(binary)) return RuntimeState::kept;
  return fail(
      ErrorKind::refused,
      fmt::format("line {}: the runtime \"nvidia\" there is not NVIDIA's container runtime",
                  draft.line_of(layout.runtime())),
      {binary.empty() ? std::string("it names no program (options.BinaryName)") : "its program is \"" + binary + "\""},
      {"give that runtime another name, or remove it"});
}

const TomlSetting runc_type = {{"runtime_type"}, "\"io.containerd.runc.v2\""};

// What nvidia-ctk writes where there is no runtime to take options from; containerd 2 knows two of them no more, and
// says so at every start.
std::vector<TomlSetting> plain_settings(const ContainerdRequest& request) {
  if (is_at_least(request.version, "2.0")) return {runc_type, {{"privileged_without_host_devices"}, "false"}};
  return {runc_type,
          {{"runtime_root"}, "\"\""},
          {{"runtime_engine"}, "\"\""},
          {{"privileged_without_host_devices"}, "false"}};
}

std::vector<TomlSetting> runtime_settings(const ContainerdDrafts& drafts, const ContainerdRequest& request) {
  const ContainerdLayout& layout = drafts.layout;
  const TomlDraft& source = merges_plugins(request) || !drafts.in_drop_in ? drafts.main : drafts.drop_in;
  std::vector<TomlSetting> settings =
      default_runtime_settings(source, layout.runtimes(), text_at(source, layout.default_name()));
  if (settings.empty()) settings = plain_settings(request);
  std::erase_if(settings, [&](const TomlSetting& each) {
    return each.key == KeyPath{"options", "BinaryName"} || each.key == KeyPath{"options", "Runtime"} ||
           (each.key == KeyPath{"runtime_type"} && trim(each.value).size() <= 2);
  });
  if (std::ranges::find(settings, KeyPath{"runtime_type"}, &TomlSetting::key) == settings.end())
    settings.insert(settings.begin(), runc_type);
  settings.push_back({{"options", "BinaryName"}, toml_string(request.runtime_path)});
  if (layout.version == 1) settings.push_back({{"options", "Runtime"}, toml_string(request.runtime_path)});
  return settings;
}

// The file in which a key counts that is there already: the drop-in's goes before the main file's.
const TomlDraft* holder_of(const ContainerdDrafts& drafts, const KeyPath& key, const ContainerdRequest& request) {
  if (drafts.in_drop_in && drafts.drop_in.find(key) != nullptr) return &drafts.drop_in;
  const bool main_counts = !drafts.in_drop_in || merges_plugins(request);
  return main_counts && drafts.main.find(key) != nullptr ? &drafts.main : nullptr;
}

Status set_unless_there(ContainerdDrafts& drafts, const KeyPath& key, const Json& value,
                        const ContainerdRequest& request) {
  const TomlDraft* holder = holder_of(drafts, key, request);
  if (holder != nullptr && *holder->find(key) == value) return {};
  return drafts.target().set(key, value);
}

// Before containerd 2.1 the first runtime a file names takes the place of the built-in runc, which is the default one.
Status keep_runc(ContainerdDrafts& drafts, const ContainerdRequest& request) {
  const Json* runtimes = drafts.target().find(drafts.layout.runtimes());
  if (merges_plugins(request) || (runtimes != nullptr && *runtimes != Json(JsonObject{}))) return {};
  KeyPath runc = drafts.layout.runtimes();
  runc.emplace_back("runc");
  return drafts.target().add_table(runc, std::vector{runc_type});
}

Status write_settings(ContainerdDrafts& drafts, RuntimeState runtime, const ContainerdRequest& request) {
  const ContainerdLayout layout = drafts.layout;
  Status done;
  if (request.enable_cdi) done = set_unless_there(drafts, layout.cdi(), true, request);
  if (done && request.make_default) done = set_unless_there(drafts, layout.default_name(), "nvidia", request);
  if (!done || runtime != RuntimeState::added) return done;
  const std::vector<TomlSetting> settings = runtime_settings(drafts, request);
  done = keep_runc(drafts, request);
  return done ? drafts.target().add_table(layout.runtime(), settings) : done;
}

// The main file leads to the drop-in, where anything in that is to count.
Status import_drop_in(ContainerdDrafts& drafts, const ContainerdRequest& request) {
  if (!drafts.in_drop_in || imports_drop_in(drafts.main, request)) return {};
  const auto drop_in = drafts.drop_in.file();
  if (!drop_in) return fail(drop_in.error());
  if (!drop_in->changed() && drafts.drop_in.find(drafts.layout.runtime()) == nullptr) return {};
  return drafts.main.add_item({"imports"}, drop_in_pattern(request));
}

bool disables_cri(const TomlDraft& main) {
  const Json* value = main.find({"disabled_plugins"});
  const auto* items = value != nullptr ? value->get_if<JsonArray>() : nullptr;
  return items != nullptr && std::ranges::any_of(*items, [](const Json& each) {
           return each == Json("cri") || each == Json("io.containerd.grpc.v1.cri") ||
                  each == Json("io.containerd.cri.v1.runtime");
         });
}

Result<ContainerdMerge> merge_of(const ContainerdDrafts& drafts, RuntimeState runtime, std::string found,
                                 std::vector<std::string> imports) {
  auto main = drafts.main.file();
  if (!main) return fail(main.error());
  auto drop_in = drafts.drop_in.file();
  if (!drop_in) return fail(drop_in.error().in("in the drop-in"));
  ContainerdMerge merge{.main = *std::move(main),
                        .drop_in = *std::move(drop_in),
                        .runtime = runtime,
                        .found_path = std::move(found),
                        .cri_is_disabled = disables_cri(drafts.main),
                        .imports = std::move(imports)};
  return merge;
}

bool is_still_written(const KeyChange& change, const Json& value) {
  return change.key.back() == "nvidia" ? is_nvidia_runtime(binary_of(value)) : value == change.value;
}

}  // namespace

Result<ContainerdMerge> merge_containerd(const ContainerdFiles& files, const ContainerdRequest& request) {
  auto drafts = open_drafts(files, request);
  if (!drafts) return fail(drafts.error());
  RuntimeState state = RuntimeState::added;
  std::string found;
  if (const TomlDraft* holder = holder_of(*drafts, drafts->layout.runtime(), request)) {
    const auto judged = judge_containerd_runtime(*holder, drafts->layout, request);
    if (!judged) return fail(holder == &drafts->main ? judged.error() : judged.error().in("in the drop-in"));
    state = *judged;
    found = binary_of(*holder->find(drafts->layout.runtime()));
  }
  std::vector<std::string> imports = imports_of(drafts->main);
  Status done = write_settings(*drafts, state, request);
  if (done) done = import_drop_in(*drafts, request);
  if (!done) return fail(done.error());
  return merge_of(*drafts, state, std::move(found), std::move(imports));
}

Result<Removal> remove_containerd(const std::optional<std::string>& text, const EditRecord& record) {
  return revert_toml(text, record, is_still_written);
}

Result<bool> shows_nvidia_runtime(std::string_view dump) {
  const auto json = parse_toml(dump);
  if (!json) return fail(json.error().in("reading containerd's own account of its configuration"));
  for (const std::int64_t version : {2, 3}) {
    const ContainerdLayout layout{.version = version, .plugin = std::string(plugin_of(version))};
    if (const Json* runtime = value_at(*json, layout.runtime())) return is_nvidia_runtime(binary_of(*runtime));
  }
  return false;
}

}  // namespace nvprov
