#include "cli/engine_setup.hpp"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <filesystem>

#include "base/toml.hpp"
#include "base/version.hpp"
#include "engines/containerd.hpp"
#include "engines/crio.hpp"
#include "engines/docker.hpp"

namespace nvprov {
namespace {

namespace fs = std::filesystem;

// A file somebody else owns, as it is.
struct ForeignFile {
  std::string path;  // of the file itself, where links lead
  std::optional<std::string> text;
  std::uint32_t mode = 0644;
};

// One engine while it is set up.
struct EngineTask {
  const HostView& target;
  const EngineSetupQuestion& question;
  const EngineChoice& choice;
  const EngineInstallation& installation;
  EngineSetup& setup;
};

Result<std::string> end_of_links(const HostView& target, std::string path) {
  constexpr int most_links = 40;  // as the kernel has it
  for (int i = 0; i < most_links; ++i) {
    const auto link = target.read_link(path);
    if (!link) return fail(link.error());
    if (!*link) return path;
    path = (fs::path(path).parent_path() / **link).lexically_normal().string();
  }
  return fail(fmt::format("{} leads round in a circle", path));
}

Result<ForeignFile> read_foreign(const HostView& target, const std::string& named) {
  const auto path = end_of_links(target, named);
  if (!path) return fail(path.error());
  auto text = target.read_file(*path);
  if (!text) return fail(text.error());
  ForeignFile file{.path = *path, .text = std::move(*text)};
  const auto info = target.file_info(*path);
  if (info && *info) file.mode = (*info)->mode;
  return file;
}

tl::unexpected<Error> in_the_way(Error error, const EngineTask& task, const std::string& path) {
  error.kind = ErrorKind::refused;
  error.hints.push_back(fmt::format("nothing was changed; mend {}, or leave engines alone with `--engine none`", path));
  return fail(error.in(fmt::format("adding the runtime to {} of {}", path, task.choice.title)));
}

void note(const EngineTask& task, NoticeKind kind, std::string other) {
  task.setup.notices.push_back({.kind = kind, .subject = task.choice.title, .other = std::move(other), .limit = {}});
}

bool writes_cdi(const EditRecord& record) {
  return std::ranges::any_of(record.changes, [](const KeyChange& change) {
    return change.key.back() == "cdi" || change.key.back() == "enable_cdi";
  });
}

std::string purpose_of(const EditRecord& record) {
  const bool has_runtime = std::ranges::any_of(record.changes, [](const KeyChange& change) {
    return std::ranges::find(change.key, "nvidia") != change.key.end();
  });
  const std::string cdi = writes_cdi(record) ? "CDI devices" : "";
  if (!has_runtime) return cdi.empty() ? "NVIDIA's settings" : cdi;
  return cdi.empty() ? "NVIDIA's runtime" : "NVIDIA's runtime and " + cdi;
}

void add_step(const EngineTask& task, const ForeignFile& file, const FileEdit& edit) {
  if (!edit.changed()) return;
  task.setup.files.push_back({.engine = task.choice.title,
                              .path = file.path,
                              .former = file.text,
                              .content = edit.text.value_or(""),
                              .mode = file.mode,
                              .backup = file.text ? file.path + ".nvprov-saved" : "",
                              .record = edit.record,
                              .purpose = purpose_of(edit.record)});
}

void note_runtime(const EngineTask& task, RuntimeState state, const std::string& found_path) {
  if (state == RuntimeState::kept) note(task, NoticeKind::engine_runtime_kept, found_path);
}

bool switches_cdi_on(const EngineTask& task) { return task.choice.cdi == CdiSupport::switched_on; }

// --- one function for each format ---

Status set_up_docker(const EngineTask& task) {
  const auto file = read_foreign(task.target, *task.installation.config);
  if (!file) return in_the_way(file.error(), task, *task.installation.config);
  const auto merge = merge_docker(
      file->text, {.make_default = task.question.request.default_runtime, .enable_cdi = switches_cdi_on(task)});
  if (!merge) return in_the_way(merge.error(), task, file->path);
  note_runtime(task, merge->runtime, merge->found_path);
  add_step(task, *file, merge->file);
  // Its runtimes are read again on a signal, its CDI devices at its start alone.
  if (writes_cdi(merge->file.record)) note(task, NoticeKind::engine_cdi_later, {});
  return {};
}

// Files of the folder that a pattern of `imports` names; relative ones begin at the main file.
std::vector<std::string> imported_files(const EngineTask& task, const std::string& main_path,
                                        const std::string& pattern) {
  const fs::path path = (fs::path(main_path).parent_path() / pattern).lexically_normal();
  std::vector<std::string> files;
  const auto names = task.target.list_directory(path.parent_path().string());
  if (!names || !*names) return files;
  for (const std::string& name : **names)
    if (fnmatch(path.filename().c_str(), name.c_str(), FNM_PERIOD) == 0)
      files.push_back((path.parent_path() / name).string());
  return files;
}

bool has_cri_section(const std::string& text) {
  const auto document = parse_toml(text);
  const Json* plugins = document ? document->find("plugins") : nullptr;
  return plugins != nullptr &&
         (plugins->find("io.containerd.grpc.v1.cri") != nullptr || plugins->find("cri") != nullptr);
}

// Before 2.1 the section of an imported file takes the place of the main file's, and with it what is written there.
Status check_imports(const EngineTask& task, const ContainerdRequest& request, const ContainerdMerge& merge) {
  const bool merges = request.version && compare_versions(request.version->text(), "2.1") >= 0;
  if (merges || !merge.main.changed()) return {};
  for (const std::string& pattern : merge.imports)
    for (const std::string& path : imported_files(task, request.main_path, pattern)) {
      const auto text = task.target.read_file(path);
      if (path == request.drop_in_path || !text || !*text || !has_cri_section(**text)) continue;
      return in_the_way(Error{.message = fmt::format("{} sets its CRI plugin too, and takes the place of all that the "
                                                     "main file says of it",
                                                     path),
                              .because = {"containerd puts the two together from 2.1 on"},
                              .hints = {fmt::format("move those settings to {}", request.main_path)},
                              .context = {}},
                        task, request.main_path);
    }
  return {};
}

Status set_up_containerd(const EngineTask& task) {
  const auto main = read_foreign(task.target, *task.installation.config);
  if (!main) return in_the_way(main.error(), task, *task.installation.config);
  const auto drop_in = read_foreign(task.target, *task.installation.drop_in);
  if (!drop_in) return in_the_way(drop_in.error(), task, *task.installation.drop_in);
  ContainerdRequest request{.version = std::nullopt,
                            .make_default = task.question.request.default_runtime,
                            .enable_cdi = switches_cdi_on(task)};
  if (const auto version = Version::parse(task.choice.version.value_or(""))) request.version = *version;
  request.main_path = main->path;
  request.drop_in_path = drop_in->path;
  const auto merge = merge_containerd({.main = main->text, .drop_in = drop_in->text}, request);
  if (!merge) return in_the_way(merge.error(), task, main->path);
  if (const Status free = check_imports(task, request, *merge); !free) return free;
  note_runtime(task, merge->runtime, merge->found_path);
  if (merge->cri_is_disabled) note(task, NoticeKind::engine_cri_off, main->path);
  // The drop-in first: a main file that imports it must find it.
  add_step(task, *drop_in, merge->drop_in);
  add_step(task, *main, merge->main);
  return {};
}

// k0s puts a drop-in's settings over its own by itself; the main file tells their version, and is k0s's alone.
Status set_up_k0s(const EngineTask& task) {
  const auto main = read_foreign(task.target, *task.installation.config);
  if (!main) return in_the_way(main.error(), task, *task.installation.config);
  const auto drop_in = read_foreign(task.target, *task.installation.drop_in);
  if (!drop_in) return in_the_way(drop_in.error(), task, *task.installation.drop_in);
  if (!main->text || !main->text->starts_with("# k0s_managed=true")) {
    task.setup.notices.push_back({.kind = NoticeKind::engine_file_not_its_own,
                                  .subject = task.choice.title,
                                  .other = main->path,
                                  .limit = drop_in->path});
    return {};
  }
  const auto document = parse_toml(*main->text);
  if (!document) return in_the_way(document.error(), task, main->path);
  const Json* version = document->find("version");
  const auto* number = version != nullptr ? version->get_if<std::int64_t>() : nullptr;
  const ContainerdFiles files{.main = fmt::format("version = {}\n", number != nullptr ? *number : 1),
                              .drop_in = drop_in->text};
  ContainerdRequest request{
      .version = Version::parse("2.1"), .make_default = task.question.request.default_runtime, .enable_cdi = false};
  request.main_path = main->path;
  request.drop_in_path = drop_in->path;
  const auto merge = merge_containerd(files, request);
  if (!merge) return in_the_way(merge.error(), task, drop_in->path);
  note_runtime(task, merge->runtime, merge->found_path);
  add_step(task, *drop_in, merge->drop_in);
  return {};
}

Status set_up_crio(const EngineTask& task) {
  const std::string& drop_in_path = *task.installation.drop_in;
  const std::string folder = fs::path(drop_in_path).parent_path().string();
  CrioFiles files;
  const auto main = read_foreign(task.target, *task.installation.config);
  if (!main) return in_the_way(main.error(), task, *task.installation.config);
  if (main->text) files.others.push_back(*main->text);
  const auto names = task.target.list_directory(folder);
  if (!names) return in_the_way(names.error(), task, folder);
  for (const std::string& name : names->value_or(std::vector<std::string>{})) {
    const std::string path = folder + "/" + name;
    const auto text = path != drop_in_path ? task.target.read_file(path) : std::optional<std::string>{};
    if (!text) return in_the_way(text.error(), task, path);
    if (*text) files.others.push_back(**text);
  }
  const auto drop_in = read_foreign(task.target, drop_in_path);
  if (!drop_in) return in_the_way(drop_in.error(), task, drop_in_path);
  files.drop_in = drop_in->text;
  const auto merge = merge_crio(files, {.make_default = task.question.request.default_runtime});
  if (!merge) return in_the_way(merge.error(), task, drop_in->path);
  note_runtime(task, merge->runtime, merge->found_path);
  add_step(task, *drop_in, merge->drop_in);
  return {};
}

Status set_up_files(const EngineTask& task) {
  if (task.installation.format == "docker") return set_up_docker(task);
  if (task.installation.format == "containerd") return set_up_containerd(task);
  if (task.installation.format == "k0s") return set_up_k0s(task);
  return set_up_crio(task);
}

// --- how the engine comes to read it ---

bool is_running_system(const HostFacts& facts) {
  const PlaceKind place = facts.environment.place;
  return facts.origin == "live" && (place == PlaceKind::host || place == PlaceKind::machine_container);
}

// systemd keeps such a link, which leads nowhere, for each unit that runs.
bool is_running(const EngineTask& task) {
  if (!is_running_system(task.question.facts)) return false;
  const auto mark = task.target.link_info("/run/systemd/units/invocation:" + *task.installation.unit);
  return mark && *mark;
}

void make_it_read(const EngineTask& task) {
  const EngineInstallation& engine = task.installation;
  const bool comes_new = task.choice.package && is_running_system(task.question.facts);
  const bool runs = engine.unit && is_running(task);
  if (!engine.unit || engine.takes_changes_by == "nothing" || !(runs || comes_new)) return;
  const ServiceAction action = engine.takes_changes_by == "reload" ? ServiceAction::reload : ServiceAction::restart;
  if (!task.question.request.restart_engines)
    return note(task, NoticeKind::engine_by_hand,
                fmt::format("systemctl {} {}", engine.takes_changes_by, *engine.unit));
  task.setup.services.push_back({.unit = *engine.unit,
                                 .action = action,
                                 .engine = task.choice.title,
                                 .purpose = fmt::format("{} reads its new settings", task.choice.title)});
  if (runs && action == ServiceAction::restart)
    task.setup.blockers.push_back({.reason = ConflictReason::engine_needs_restart,
                                   .subject = task.choice.title,
                                   .other = *engine.unit,
                                   .limit = {},
                                   .sources = engine.sources});
}

bool was_looked_at(const HostFacts& facts) { return facts.origin == "live" || facts.origin == "root"; }

}  // namespace

Result<EngineSetup> engine_setup(const HostView& target, const EngineSetupQuestion& question) {
  EngineSetup setup;
  for (const EngineChoice& choice : question.resolution.engines) {
    const EngineInstallation* installation = find_installation(question.toolkit, choice.id);
    if (installation == nullptr || installation->format == "none") continue;
    const EngineTask task{target, question, choice, *installation, setup};
    if (!was_looked_at(question.facts)) {
      note(task, NoticeKind::engine_unread, *installation->config);
      continue;
    }
    const std::size_t before = setup.files.size();
    if (const Status done = set_up_files(task); !done) return fail(done.error());
    if (setup.files.size() > before) make_it_read(task);
  }
  return setup;
}

}  // namespace nvprov
