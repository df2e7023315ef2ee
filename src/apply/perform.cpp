#include "apply/perform.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "apply/saved_files.hpp"
#include "model/words.hpp"
#include "packages/alternatives.hpp"
#include "packages/apt.hpp"
#include "packages/dnf.hpp"
#include "packages/systemd.hpp"

namespace nvprov {
namespace {

tl::unexpected<StepFailure> broken(Error error, bool midway = false) {
  return tl::unexpected(StepFailure{.error = std::move(error), .midway = midway});
}

StepResult ensure_file(const WriteFile& file, Host& host) {
  const auto present = has_content(host, file);
  if (!present) return broken(present.error());
  if (*present) return false;
  const auto written = host.write_file(file.path, file.content, file.mode);
  if (!written) return broken(written.error().in(fmt::format("writing {}", file.path)));
  return true;
}

ErrorKind kind_of(UpdateFailure failure) {
  switch (failure) {
    case UpdateFailure::not_trusted:
    case UpdateFailure::expired:
    case UpdateFailure::mismatch: return ErrorKind::not_trusted;
    case UpdateFailure::unreachable:
    case UpdateFailure::no_space:
    case UpdateFailure::locked:
    case UpdateFailure::other: return ErrorKind::failed;
  }
  return ErrorKind::failed;
}

std::string_view message_of(UpdateFailure failure) {
  switch (failure) {
    case UpdateFailure::not_trusted: return "the signature of a repository does not hold";
    case UpdateFailure::expired: return "the signed index of a repository is past its date";
    case UpdateFailure::mismatch: return "a repository sent something other than its signed index lists";
    case UpdateFailure::unreachable: return "a repository cannot be reached";
    case UpdateFailure::no_space: return "there is no space left for the indexes of the repositories";
    case UpdateFailure::locked: return "another program holds the lock of the indexes";
    case UpdateFailure::other: return "the indexes of the repositories could not be refreshed";
  }
  return {};
}

Error update_error(const UpdateProblem& problem, const LoggedOutput& output, const PackageManagerRun& run) {
  Error error = failed_program(std::string(message_of(problem.failure)), output, run);
  error.kind = kind_of(problem.failure);
  if (!problem.detail.empty()) error.because = {problem.detail};
  return error;
}

ErrorKind kind_of(DnfFailure failure) {
  return failure == DnfFailure::not_trusted || failure == DnfFailure::mismatch ? ErrorKind::not_trusted
                                                                               : ErrorKind::failed;
}

std::string_view message_of(DnfFailure failure) {
  switch (failure) {
    case DnfFailure::not_trusted: return "the signature of a repository or package does not hold";
    case DnfFailure::mismatch: return "a repository sent something other than its signed metadata lists";
    case DnfFailure::no_space: return "there is no space left";
    case DnfFailure::locked: return "another program holds the package manager's lock";
    case DnfFailure::filtered: return "a module stream hides a package";
    case DnfFailure::unsatisfiable: return "the packages cannot be installed together";
    case DnfFailure::not_found: return "a repository does not have what its address stands for";
    case DnfFailure::unreachable: return "a repository cannot be reached";
    case DnfFailure::other: return "dnf failed";
  }
  return {};
}

Error dnf_error(const LoggedOutput& output, const PackageManagerRun& run) {
  const DnfProblem problem = classify_dnf_failure(output.text);
  Error error = failed_program(std::string(message_of(problem.failure)), output, run);
  error.kind = kind_of(problem.failure);
  if (!problem.detail.empty()) error.because = {problem.detail};
  return error;
}

StepResult refresh_with_dnf(DnfGeneration dnf, Host& host, const PackageManagerRun& run) {
  const auto output = run_dnf_when_free(host, makecache_argv(dnf), run);
  if (!output) return broken(output.error());
  if (output->exit_status != 0) return broken(dnf_error(*output, run));
  return false;
}

StepResult install_with_dnf(DnfGeneration dnf, const InstallPackages& step, Host& host, const PackageManagerRun& run) {
  const std::vector<PackageChange> none;
  const auto specs = package_specs(step, run.closure != nullptr ? *run.closure : none);
  const auto output = run_dnf_when_free(host, dnf_install_argv(dnf, step, specs), run);
  if (!output) return broken(output.error());
  if (output->exit_status == 0) return true;
  Error error = failed_program(
      fmt::format("installing packages ({}) failed: dnf ended with status {}", step.purpose, output->exit_status),
      *output, run);
  // What fails before rpm is reached is a download, a signature or a lock.
  if (!output->touched_packages) error.kind = kind_of(classify_dnf_failure(output->text).failure);
  return broken(std::move(error), output->touched_packages);
}

// The copy comes first: whatever happens then, nothing the user wrote is lost.
StepResult write_beside_copy(const PreImage& present, const std::string& content, std::uint32_t mode,
                             const std::string& backup, Host& host) {
  if (present.existed)
    if (const auto kept = host.write_file(backup, present.content, present.mode); !kept)
      return broken(kept.error().in(fmt::format("keeping a copy of {}", present.path)));
  if (const auto written = host.write_file(present.path, content, mode); !written)
    return broken(written.error().in(fmt::format("writing {}", present.path)));
  return true;
}

tl::unexpected<StepFailure> changed_since(const std::string& path) {
  return broken(Error{.kind = ErrorKind::changed,
                      .message = fmt::format("{} is not what it was when this was planned", path),
                      .because = {},
                      .hints = {"plan again: `nvprov plan`"},
                      .context = {}});
}

// The unit file that counts; none where the packages brought it under another name.
std::optional<std::string> unit_text(const HostView& host, const std::string& unit) {
  for (const std::string& folder : unit_folders())
    if (auto text = host.read_file(folder + "/" + unit); text && *text) return std::move(*text);
  return std::nullopt;
}

bool is_there(const HostView& host, const std::string& path) {
  const auto info = host.link_info(path);
  return info && *info;
}

bool has_systemd(const HostView& host) {
  const auto info = host.file_info("/run/systemd/system");
  return host.is_live() && info && *info;
}

// Links alone, which systemctl also makes on a disk that does not run; only on a machine that runs a service is
// started.
StepResult enable(const ManageService& step, Host& host, const PackageManagerRun& run) {
  const auto text = unit_text(host, step.unit);
  const std::vector<std::string> links = text ? enabling_links(step.unit, *text) : std::vector<std::string>{};
  const bool is_enabled = std::ranges::all_of(links, [&](const auto& link) { return is_there(host, link); });
  const bool is_started = step.action == ServiceAction::enable_now && has_systemd(host);
  if (links.empty() || (is_enabled && !is_started)) return false;
  if (!is_there(host, "/usr/bin/systemctl") && !is_there(host, "/bin/systemctl")) return false;
  ManageService as_far_as_it_goes = step;
  if (!is_started) as_far_as_it_goes.action = ServiceAction::enable;
  const auto output = run_logged(host, systemctl_argv(as_far_as_it_goes), run);
  if (!output) return broken(output.error());
  if (output->exit_status == 0) return true;
  return broken(failed_program(fmt::format("{} could not be enabled", step.unit), *output, run));
}

}  // namespace

StepResult perform(const AddRepository& step, Host& host, const PackageManagerRun&) {
  return ensure_file(file_of(step).value_or(WriteFile{}), host);
}

StepResult perform(const ImportKey& step, Host& host, const PackageManagerRun&) {
  return ensure_file(file_of(step).value_or(WriteFile{}), host);
}

StepResult perform(const EnableRepository& step, Host& host, const PackageManagerRun&) {
  return ensure_file(file_of(step).value_or(WriteFile{}), host);
}

StepResult perform(const HoldPackages& step, Host& host, const PackageManagerRun&) {
  return ensure_file(file_of(step).value_or(WriteFile{}), host);
}

StepResult perform(const RemoveRepository& step, Host& host, const PackageManagerRun&) {
  const auto present = take_pre_image(host, step.path);
  if (!present) return broken(present.error());
  if (!present->existed || present->content == step.content) return false;
  return write_beside_copy(*present, step.content, present->mode, step.backup, host);
}

// dnf refuses to go from one stream to another without a reset.
StepResult perform(const SetModuleStream& step, Host& host, const PackageManagerRun& run) {
  const auto dnf = dnf_generation(run.options.manager);
  if (!dnf)
    return broken(Error{.kind = ErrorKind::failed,
                        .message = fmt::format("the module stream {}:{} cannot be set", step.module, step.stream),
                        .because = {},
                        .hints = {},
                        .context = {}});
  for (const auto& argv : {module_reset_argv(*dnf, step.module), module_enable_argv(*dnf, step.module, step.stream)}) {
    const auto output = run_dnf_when_free(host, argv, run);
    if (!output) return broken(output.error());
    if (output->exit_status != 0) return broken(dnf_error(*output, run));
  }
  return true;
}

StepResult perform(const WriteFile& step, Host& host, const PackageManagerRun&) { return ensure_file(step, host); }

StepResult perform(const RefreshMetadata&, Host& host, const PackageManagerRun& run) {
  if (const auto dnf = dnf_generation(run.options.manager)) return refresh_with_dnf(*dnf, host, run);
  // Somebody may take the lock between our look and apt's; apt does not wait for the one of its indexes.
  constexpr int attempts = 3;
  for (int attempt = 1;; ++attempt) {
    if (const auto waited = wait_for_package_locks(run, host); !waited) return broken(waited.error());
    const auto output = run_logged(host, update_argv(), run);
    if (!output) return broken(output.error());
    if (output->exit_status == 0) return false;
    const UpdateProblem problem = classify_update_failure(output->text);
    if (problem.failure != UpdateFailure::locked || attempt == attempts)
      return broken(update_error(problem, *output, run));
  }
}

StepResult perform(const InstallPackages& step, Host& host, const PackageManagerRun& run) {
  if (const auto dnf = dnf_generation(run.options.manager)) return install_with_dnf(*dnf, step, host, run);
  if (const auto waited = wait_for_package_locks(run, host); !waited) return broken(waited.error());
  const auto output = run_logged(host, install_argv(step, run.options.lock_timeout), run);
  if (!output) return broken(output.error());
  if (output->exit_status == 0) return true;
  Error error = failed_program(
      fmt::format("installing packages ({}) failed: apt ended with status {}", step.purpose, output->exit_status),
      *output, run);
  // What fails before dpkg is reached is a download, and apt tells of those in the words of its update.
  if (!output->touched_packages) error.kind = kind_of(classify_update_failure(output->text).failure);
  return broken(std::move(error), output->touched_packages);
}

// What is marked already stays so: apt-mark says so and changes nothing.
StepResult perform(const SetPackageMark& step, Host& host, const PackageManagerRun& run) {
  const auto output = run_logged(host, mark_asked_for_argv(step.packages), run);
  if (!output) return broken(output.error());
  if (output->exit_status == 0) return true;
  return broken(failed_program(fmt::format("{} could not be marked", fmt::join(step.packages, ", ")), *output, run));
}

// Idempotent: what is as it is to be, and by hand, is not set again.
StepResult perform(const SetAlternative& step, Host& host, const PackageManagerRun& run) {
  const auto target = host.read_link(alternative_link(step.name));
  if (!target) return broken(target.error());
  for (const std::string& path : alternative_records(step.name)) {
    const auto record = host.read_file(path);
    if (!record) return broken(record.error());
    if (*record && *target == step.target && is_chosen_by_hand(**record) == true) return false;
  }
  const auto output = run_logged(host, set_alternative_argv(step.name, step.target), run);
  if (!output) return broken(output.error());
  if (output->exit_status == 0) return true;
  return broken(failed_program(fmt::format("{} could not be set to {}", step.link, step.target), *output, run));
}

StepResult perform(const ConfigureContainerEngine& step, Host& host, const PackageManagerRun&) {
  const auto present = take_pre_image(host, step.path);
  if (!present) return broken(present.error());
  const auto found = present->existed ? std::optional(present->content) : std::nullopt;
  if (found == step.content) return false;
  if (found != step.former) return changed_since(step.path);
  return write_beside_copy(*present, step.content, step.mode, step.backup, host);
}

// On a disk that does not run, and where the unit does not, the settings are read at the next start.
StepResult perform(const ManageService& step, Host& host, const PackageManagerRun& run) {
  if (is_enabling(step)) return enable(step, host, run);
  if (!has_systemd(host)) return false;
  const auto active = run_logged(host, {"systemctl", "is-active", "--quiet", step.unit}, run);
  if (!active) return broken(active.error());
  if (active->exit_status != 0) return false;
  const std::string action(to_word(step.action));
  const auto output = run_logged(host, {"systemctl", action, step.unit}, run);
  if (!output) return broken(output.error());
  if (output->exit_status == 0) return true;
  return broken(failed_program(fmt::format("`systemctl {} {}` failed", action, step.unit), *output, run));
}

StepResult perform_step(const Step& step, Host& host, const PackageManagerRun& run) {
  return std::visit([&](const auto& kind) { return perform(kind, host, run); }, step);
}

}  // namespace nvprov
