#include "apply/journal.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "model/plan_json.hpp"

namespace nvprov {
namespace {

constexpr std::string_view suffix = ".json";

bool installs_packages(const JournalStep& step) { return std::holds_alternative<InstallPackages>(step.step); }
bool is_done(const JournalStep& step) { return step.state == StepState::done; }

// "2026-11-22T11:04:42Z" is "20261122T110442Z".
std::string compact(std::string now) { return replace_all(replace_all(std::move(now), "-", ""), ":", ""); }

Result<std::vector<std::string>> journal_ids(const HostView& host) {
  const auto names = host.list_directory(journal_folder);
  if (!names) return fail(names.error().in("listing the journals"));
  std::vector<std::string> ids;
  for (const std::string& name : names->value_or(std::vector<std::string>{}))
    if (name.ends_with(suffix)) ids.push_back(name.substr(0, name.size() - suffix.size()));
  return ids;
}

std::string free_id(const std::string& start, const std::vector<std::string>& taken) {
  for (int number = 1;; ++number)
    if (auto id = fmt::format("{}-{}", start, number); std::ranges::find(taken, id) == taken.end()) return id;
}

Error unreadable(const std::string& path, const Diagnostics& problems) {
  Error error{.kind = ErrorKind::failed,
              .message = fmt::format("the journal {} cannot be read", path),
              .because = {},
              .hints = {fmt::format("if a newer nvprov wrote it, use that one; if it is damaged, move `{}` away and "
                                    "finish with `dpkg --configure -a`",
                                    path)},
              .context = {}};
  for (const Diagnostic& problem : problems)
    error.because.push_back(fmt::format("{}: {}", problem.place, problem.message));
  return error;
}

}  // namespace

std::string journal_path(const std::string& id) { return fmt::format("{}/{}{}", journal_folder, id, suffix); }

Result<Journal> new_journal(const HostView& host, const Plan& plan, const std::vector<Step>& steps,
                            const std::string& now) {
  const auto taken = journal_ids(host);
  if (!taken) return fail(taken.error());
  const std::string id = free_id(compact(now), *taken);
  Journal journal{.id = id,
                  .started_at = now,
                  .tool_version = plan.tool_version,
                  .state = JournalState::open,
                  .request = plan.request,
                  .facts_fingerprint = plan.facts_fingerprint,
                  .catalog_digest = plan.catalog_digest,
                  .resolution = plan.resolution,
                  .closure = plan.closure,
                  .steps = {},
                  .log = fmt::format("{}/{}.log", log_folder, id)};
  for (const Step& step : steps)
    journal.steps.push_back(
        {.step = step, .state = StepState::pending, .pre_images = {}, .pre_packages = {}, .error = {}});
  return journal;
}

Status save_journal(Host& host, const Journal& journal) {
  // Not for every eye: a file it keeps may hold the password of a repository.
  const auto written = host.write_file(journal_path(journal.id), format_json(journal_to_json(journal)), 0600);
  if (!written) return fail(written.error().in("writing the journal"));
  return {};
}

Result<Journal> read_journal(const HostView& host, const std::string& id) {
  const std::string path = journal_path(id);
  const auto text = host.read_file(path);
  if (!text) return fail(text.error().in("reading the journal"));
  if (!*text) return fail(fmt::format("the journal {} is not there", path));
  auto journal = journal_from_json(**text, path);
  if (!journal) return fail(unreadable(path, journal.error()));
  return std::move(*journal);
}

Result<std::unique_ptr<HostLock>> take_own_lock(Host& host) {
  if (const auto made = host.make_directory(state_folder, 0755); !made) return fail(made.error());
  auto lock = host.lock(own_lock);
  if (!lock) return fail(lock.error().in("taking nvprov's own lock: one run at a time"));
  return lock;
}

bool is_in_transaction(const Journal& journal) {
  return std::ranges::any_of(journal.steps, [](const JournalStep& step) {
    return installs_packages(step) && (step.state == StepState::started || step.state == StepState::failed);
  });
}

bool needs_finishing(const Journal& journal) {
  if (journal.state == JournalState::open) return true;
  return journal.state == JournalState::failed && is_in_transaction(journal);
}

bool should_put_files_back(const Journal& journal) {
  if (is_in_transaction(journal) || std::ranges::all_of(journal.steps, is_done)) return false;
  // With every package in its place, the files before and after them serve those packages.
  const auto is_reached = [](const JournalStep& step) { return !installs_packages(step) || is_done(step); };
  return !std::ranges::any_of(journal.steps, installs_packages) || !std::ranges::all_of(journal.steps, is_reached);
}

Result<std::optional<Journal>> open_journal(const HostView& host) {
  const auto ids = journal_ids(host);
  if (!ids) return fail(ids.error());
  for (const std::string& id : *ids) {
    auto journal = read_journal(host, id);
    if (!journal) return fail(journal.error());
    if (needs_finishing(*journal)) return std::optional(std::move(*journal));
  }
  return std::nullopt;
}

}  // namespace nvprov
