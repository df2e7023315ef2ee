#include <fmt/format.h>

#include <optional>

#include "base/ed25519.hpp"
#include "base/text.hpp"
#include "bundle/fetch_packages.hpp"
#include "bundle/fetch_record.hpp"
#include "bundle/mirror_path.hpp"
#include "bundle/unpack_bundle.hpp"
#include "bundle/write_bundle.hpp"
#include "catalog/catalog.hpp"
#include "cli/asked.hpp"
#include "cli/caller_files.hpp"
#include "cli/commands/commands.hpp"
#include "cli/download_progress.hpp"
#include "cli/failure.hpp"
#include "cli/interrupt.hpp"
#include "cli/lock_files.hpp"
#include "cli/opened_bundle.hpp"
#include "cli/package_asker.hpp"
#include "cli/planning.hpp"
#include "cli/saved_plan.hpp"
#include "cli/web_access.hpp"
#include "host/file_writer.hpp"
#include "host/private_folder.hpp"
#include "lock/lock_difference.hpp"
#include "lock/make_lock.hpp"
#include "model/plan_json.hpp"
#include "report/bundle_text.hpp"
#include "report/lock_text.hpp"

namespace nvprov {
namespace {

constexpr std::uint32_t program_member_mode = 0755;

struct BundleRun {
  Host& machine;
  const GlobalOptions& global;
  const BundleCommand& options;
  const Clock& clock;
  Terminal& terminal;
  const InterruptGuard& guard;
};

// What was asked for: by a plan, by a lock, or by options alone.
struct Wish {
  PlanCommand plan;
  std::optional<Plan> saved;
  std::optional<Lockfile> lock;
};

Outcome<Wish> wish_of(const BundleRun& run) {
  Wish wish{.plan = run.options.plan, .saved = {}, .lock = {}};
  wish.plan.output.reset();
  if (!run.options.file) return wish;
  if (is_saved_plan(run.machine, *run.options.file)) {
    auto saved = read_saved_plan(run.machine, *run.options.file);
    if (!saved) return tl::unexpected(saved.error());
    wish.plan.request = saved->request;
    wish.saved = std::move(*saved);
    return wish;
  }
  auto lock = read_lock_file(run.machine, *run.options.file);
  if (!lock) return tl::unexpected(lock.error());
  wish.plan.request = request_of_lock(*lock);
  // What is installed already belongs to the bundle too.
  wish.plan.anew = true;
  for (const LockedPackage& package : lock->packages) wish.plan.forgotten.push_back(package.name);
  wish.lock = std::move(*lock);
  return wish;
}

Error another_now(const std::string& file, std::vector<std::string> found) {
  return {.kind = ErrorKind::changed,
          .message = fmt::format("this host would now get something else than `{}` has", file),
          .because = std::move(found),
          .hints = {"make it anew with `nvprov plan -o FILE` or `nvprov lock --update FILE`",
                    "of another host give the facts with `--facts FILE`"},
          .context = {}};
}

// What the bundle is made from.
struct Made {
  Asked asked;
  Plan plan;
  Lockfile lock;
};

Outcome<Made> plan_and_lock(const BundleRun& run, const Wish& wish, const WebAccess& web) {
  auto asked = gather(run.machine, run.global, wish.plan, format_date(run.clock.seconds()));
  if (!asked) return tl::unexpected(asked.error());
  asked->web = web;
  auto plan = plan_asked(run.machine, *asked, wish.plan, run.terminal);
  if (!plan) return tl::unexpected(plan.error());
  if (wish.saved)
    if (auto found = differences(*wish.saved, *plan); !found.empty())
      return give_up(another_now(*run.options.file, std::move(found)));
  auto lock = make_lock(*plan, asked->facts, wish.lock);
  if (!lock) return give_up(lock.error());
  if (wish.lock) {
    std::vector<std::string> found;
    for (const LockDifference& each : lock_differences(*wish.lock, *lock)) found.push_back(difference_words(each));
    if (!found.empty()) return give_up(another_now(*run.options.file, std::move(found)));
  }
  return Made{std::move(*asked), std::move(*plan), std::move(*lock)};
}

DownloadWatch watch_of(const BundleRun& run) {
  return {.on_progress = progress_on(run.terminal, "packages"),
          .is_stopped = [&run] { return run.guard.was_interrupted(); }};
}

// --- parts ---

void add_metadata(std::vector<BundlePart>& parts, const FetchRecord& record) {
  for (const RecordedFetch& fetch : record.fetches())
    parts.push_back({.path = fetch.path,
                     .role = BundleRole::metadata,
                     .mode = 0644,
                     .url = without_credentials(fetch.url),
                     .file = record.folder() + "/" + fetch.path});
}

void add_keys(std::vector<BundlePart>& parts, const Plan& plan) {
  for (const Step& step : plan.steps)
    if (const auto* key = std::get_if<ImportKey>(&step))
      parts.push_back({.path = "keys/" + key->path.substr(key->path.rfind('/') + 1),
                       .role = BundleRole::key,
                       .mode = 0644,
                       .text = key->content});
}

void add_mirrors(Bundle& bundle, std::vector<BundlePart>& parts, const BundleRun& run, const NetworkSettings& network) {
  for (const Mirror& mirror : network.mirrors) {
    BundleMirror kept{.from = mirror.from, .to = mirror.to, .fingerprint = mirror.fingerprint, .certificate = {}};
    if (const auto& file = mirror.ca_file ? mirror.ca_file : network.ca_file) {
      kept.certificate = fmt::format("certificates/{}.pem", bundle.mirrors.size());
      parts.push_back({.path = *kept.certificate,
                       .role = BundleRole::certificate,
                       .mode = 0644,
                       .url = {},
                       .file = absolute_path(run.machine, *file)});
    }
    bundle.mirrors.push_back(std::move(kept));
  }
}

// nvprov for the machine the bundle is for: the file named, else this one where the architecture is the same.
Status add_program(std::vector<BundlePart>& parts, const BundleRun& run, const std::string& architecture) {
  std::optional<std::string> file;
  if (run.options.program) {
    file = absolute_path(run.machine, *run.options.program);
    const auto info = run.machine.file_info(*file);
    if (!info || !*info || (*info)->kind != FileInfo::Kind::file)
      return fail(ErrorKind::usage, fmt::format("there is no file `{}`", *run.options.program));
  } else {
    const auto system = run.machine.uname();
    const auto own = run.machine.read_link("/proc/self/exe");
    if (system && system->machine == architecture && own) file = *own;
  }
  if (!file) return {};
  parts.push_back({.path = bundle_program_path,
                   .role = BundleRole::program,
                   .mode = program_member_mode,
                   .url = {},
                   .file = *file});
  return {};
}

Status check_output(const BundleRun& run) {
  if (!run.options.plan.output)
    return fail(ErrorKind::usage, "a bundle needs a file to be written to", {}, {"`nvprov bundle -o bundle.tar.zst`"});
  const std::string path = absolute_path(run.machine, *run.options.plan.output);
  const auto folder = run.machine.file_info(path.substr(0, path.rfind('/') + 1));
  if (folder && *folder && (*folder)->kind == FileInfo::Kind::directory) return {};
  return fail(ErrorKind::usage, fmt::format("there is no folder for `{}`", *run.options.plan.output), {},
              {"make the folder first"});
}

Result<std::optional<std::string>> signing_key(const BundleRun& run) {
  if (!run.options.sign) return std::nullopt;
  auto key = read_key_file(run.machine, *run.options.sign);
  if (!key) return fail(key.error());
  if (const auto tried = ed25519_sign(*key, ""); !tried)
    return fail(tried.error().in(fmt::format("reading the key `{}`", *run.options.sign)));
  return std::move(*key);
}

Error nothing_to_install() {
  return {.kind = ErrorKind::refused,
          .message = "there is nothing to install on this host, and so nothing to bundle",
          .because = {},
          .hints = {"`nvprov lock -o nvprov.lock`, then `nvprov bundle nvprov.lock -o bundle.tar.zst`, bundles what "
                    "is here",
                    "for another host give its facts: `nvprov bundle --facts FILE -o bundle.tar.zst`"},
          .context = {}};
}

Bundle header_of(const BundleRun& run, const Made& made) {
  const Distro* distro = find_distro(*made.asked.catalog, made.plan.resolution.distro);
  return {.tool_version = NVPROV_VERSION,
          .created_at = format_timestamp(run.clock.seconds()),
          .distro = made.plan.resolution.distro,
          .architecture = made.plan.architecture,
          .package_manager = distro != nullptr ? distro->package_manager : std::string(),
          .mirrors = {},
          .left_out = {},
          .members = {}};
}

// Over the network, into a cache of this run alone: all of it is to be in the record.
WebAccess recording_access(const BundleRun& run, FetchRecord& record) {
  WebAccess web = network_access();
  web.downloader = [&record](const HostView& machine) {
    return record.recording(network_access().downloader(machine));
  };
  web.http_client = [&record](const HostView& machine) {
    return record.recording(network_access().http_client(machine));
  };
  web.cache_folder = record.folder() + "/cache";
  web.fetch.whole = true;
  web.fetch.watch.is_stopped = [&run] { return run.guard.was_interrupted(); };
  return web;
}

BundlePart text_part(const char* path, BundleRole role, std::string text) {
  return {.path = path, .role = role, .mode = 0644, .url = {}, .file = {}, .text = std::move(text)};
}

// All but the packages.
Result<std::vector<BundlePart>> parts_of(const BundleRun& run, const Made& made, const FetchRecord& record,
                                         Bundle& bundle) {
  std::vector<BundlePart> parts;
  add_metadata(parts, record);
  add_keys(parts, made.plan);
  add_mirrors(bundle, parts, run, made.asked.network);
  if (const Status added = add_program(parts, run, bundle.architecture); !added) return fail(added.error());
  parts.push_back(text_part(bundle_plan_path, BundleRole::plan, format_json(plan_to_json(made.plan))));
  parts.push_back(text_part(bundle_lock_path, BundleRole::lock, format_json(lockfile_to_json(made.lock))));
  return parts;
}

// Writes it; packages, which are kept until then so that nothing is fetched twice, go afterwards.
Outcome<BundleReport> write_with_packages(const BundleRun& run, Bundle bundle, std::vector<BundlePart> parts,
                                          FetchedPackages packages, const std::optional<std::string>& key) {
  bundle.left_out = std::move(packages.left_out);
  parts.insert(parts.end(), packages.parts.begin(), packages.parts.end());
  auto written = write_bundle(absolute_path(run.machine, *run.options.plan.output), std::move(bundle), std::move(parts),
                              key, run.clock.seconds());
  if (!written) return give_up(written.error().in("writing the bundle"));
  for (const BundlePart& part : packages.parts) (void)run.machine.remove_file(part.file);
  return BundleReport{.file = *run.options.plan.output,
                      .bundle = std::move(written->bundle),
                      .archive_bytes = written->size,
                      .is_signed = key.has_value()};
}

Outcome<BundleReport> bundle_of(const BundleRun& run, const Wish& wish, const std::optional<std::string>& key) {
  const std::string cache = cache_folder(run.machine);
  if (const Status made = make_cache_folder(run.machine, cache); !made) return give_up(made.error());
  constexpr std::uint32_t for_the_caller = 0700;
  const auto folder = WorkFolder::make(cache, "bundling", for_the_caller);
  if (!folder) return give_up(folder.error());
  FetchRecord record(run.machine, folder->path());
  const auto made = plan_and_lock(run, wish, recording_access(run, record));
  if (!made) return tl::unexpected(made.error());
  if (record.problem()) return give_up(*record.problem());
  if (record.fetches().empty()) return give_up(nothing_to_install());

  Bundle bundle = header_of(run, *made);
  auto parts = parts_of(run, *made, record, bundle);
  if (!parts) return give_up(parts.error());
  const auto downloader = network_access().downloader(run.machine);
  auto packages = fetch_packages(run.machine, made->lock, record, cache + "/packages", *downloader, watch_of(run));
  run.terminal.settle();
  if (!packages) return give_up(packages.error());
  if (run.guard.was_interrupted())
    return give_up(Error{.message = "interrupted", .because = {}, .hints = {}, .context = {}});
  return write_with_packages(run, std::move(bundle), std::move(*parts), std::move(*packages), key);
}

// What can be wrong is said before anything is fetched.
Outcome<BundleReport> make_bundle(const BundleRun& run) {
  if (const Status named = check_output(run); !named) return give_up(named.error());
  const auto key = signing_key(run);
  if (!key) return give_up(key.error());
  const auto wish = wish_of(run);
  if (!wish) return tl::unexpected(wish.error());
  return bundle_of(run, *wish, *key);
}

}  // namespace

ExitCode run_bundle(Host& machine, const GlobalOptions& global, const BundleCommand& options, const Clock& clock,
                    Terminal& terminal) {
  const InterruptGuard guard;
  const auto report = make_bundle(
      {.machine = machine, .global = global, .options = options, .clock = clock, .terminal = terminal, .guard = guard});
  // One that was written by then is there.
  if (!report && guard.was_interrupted()) return interrupted(terminal, global);
  if (!report) return print_failure(terminal, global, report.error());
  terminal.answer(global.json ? format_json(bundle_report_to_json(*report)) : bundle_text(*report));
  return ExitCode::done;
}

ExitCode run_bundle_check(const HostView& machine, const GlobalOptions& global, const BundleCheckCommand& options,
                          Terminal& terminal) {
  std::optional<std::string> key;
  if (options.key) {
    auto text = read_key_file(machine, *options.key);
    if (!text) return print_failure(terminal, global, Failure{text.error()});
    key = std::move(*text);
  }
  auto checked = check_bundle(absolute_path(machine, options.file), key);
  if (!checked) return print_failure(terminal, global, Failure{checked.error()});
  std::vector<BundleProblem> problems;
  for (const BundleFault& fault : checked->faults) problems.push_back({fault.member, fault.message});
  const BundleCheckReport report{.file = options.file,
                                 .bundle = std::move(checked->bundle),
                                 .is_signed = checked->is_signed,
                                 .is_signer_known = key.has_value(),
                                 .problems = std::move(problems)};
  terminal.answer(global.json ? format_json(bundle_check_to_json(report)) : bundle_check_text(report));
  return report.problems.empty() ? ExitCode::done : ExitCode::not_trusted;
}

}  // namespace nvprov
