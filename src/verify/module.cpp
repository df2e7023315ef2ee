#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "verify/parts.hpp"

namespace nvprov {
namespace {

Finding module_finding(std::string check, std::string subject, std::string expected, std::string found) {
  return {.check = std::move(check),
          .subject = std::move(subject),
          .expected = std::move(expected),
          .found = std::move(found),
          .sources = {}};
}

// Seconds since the epoch at which the kernel was started: the line "btime" of /proc/stat (proc(5)).
std::optional<std::int64_t> boot_time(const HostView& host) {
  const auto text = host.read_file("/proc/stat");
  if (!text || !*text) return std::nullopt;
  for (const std::string& line : split(**text, '\n')) {
    if (!line.starts_with("btime ")) continue;
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(line.data() + 6, line.data() + line.size(), seconds);
    if (error == std::errc()) return seconds;
  }
  return std::nullopt;
}

// A kernel that boots next and has the module.
bool has_other_kernel_with_module(const KernelFacts& kernel) {
  return std::ranges::any_of(kernel.installed, [&](const InstalledKernel& each) {
    return each.release != kernel.running && has_nvidia_module(kernel, each.release);
  });
}

bool is_managed_by(const HostFacts& facts, std::string_view owner) {
  return facts.environment.managed_by && facts.environment.managed_by->owner == owner;
}

VerifyResult loaded_other(const std::string& loaded, const std::string& installed, bool is_restart_due) {
  if (is_restart_due)
    return not_checked(VerifySubject::module, NotCheckedReason::reboot_pending,
                       fmt::format("driver {} is loaded, {} is installed", loaded, installed));
  return found(VerifySubject::module, module_finding("loaded-other", "module", installed, loaded));
}

// Nothing is loaded though a driver is installed.
VerifyResult none_loaded(const HostFacts& facts, const DriverFacts& now, bool is_restart_due) {
  const std::string installed = now.library_version.value_or("");
  const KernelFacts& kernel = facts.kernel;
  const auto after_reboot = [&](std::string what) {
    return not_checked(VerifySubject::module, NotCheckedReason::reboot_pending, std::move(what));
  };
  if (kernel.running && !has_nvidia_module(kernel, *kernel.running) &&
      !could_not_look(facts, "kernel.modules_of_nvidia")) {
    if (has_other_kernel_with_module(kernel))
      return after_reboot(fmt::format("the module is there for another kernel than {}, which runs", *kernel.running));
    return found(VerifySubject::module, module_finding("module-missing", *kernel.running, installed, {}));
  }
  if (now.nouveau_loaded && is_restart_due) return after_reboot("nouveau is loaded, and leaves at the next start");
  if (now.nouveau_loaded)
    return found(VerifySubject::module, module_finding("nouveau-in-use", "nouveau", installed, "nouveau"));
  if (facts.secure_boot && facts.secure_boot->enabled && facts.secure_boot->dkms_key_enrolled == false)
    return found(VerifySubject::module, module_finding("module-untrusted", "module", installed, {}));
  return found(VerifySubject::module, module_finding("module-not-loaded", "module", installed, {}));
}

}  // namespace

std::optional<NotChecked> no_driver_here(const VerifyQuestion& question) {
  const HostFacts& facts = question.facts;
  const PlaceKind place = facts.environment.place;
  if (question.target == Target::image || place == PlaceKind::container || place == PlaceKind::image_build)
    return NotChecked{.reason = NotCheckedReason::driver_of_host, .detail = {}};
  if (facts.origin != "live" || place == PlaceKind::chroot)
    return NotChecked{.reason = NotCheckedReason::disk_only, .detail = {}};
  if (is_managed_by(facts, "wsl"))
    return NotChecked{.reason = NotCheckedReason::managed_elsewhere, .detail = "Windows"};
  if (const Diagnostic* problem = problem_with(facts, "gpus"))
    return NotChecked{.reason = NotCheckedReason::no_answer, .detail = problem->message};
  if (facts.gpus.empty()) return NotChecked{.reason = NotCheckedReason::no_gpu, .detail = {}};
  return std::nullopt;
}

bool came_since_boot(const HostView& host, const HostFacts& facts) {
  if (facts.environment.reboot_pending) return true;
  const auto booted = boot_time(host);
  if (!booted || !facts.kernel.running) return false;
  // depmod writes it whenever modules come or go.
  const auto modules = host.file_info(fmt::format("/lib/modules/{}/modules.dep", *facts.kernel.running));
  return modules && *modules && (*modules)->modified > *booted;
}

VerifyResult verify_module(const VerifyQuestion& question, const DriverFacts& now, bool is_restart_due) {
  const HostFacts& facts = question.facts;
  if (!now.loaded) {
    if (const Diagnostic* problem = problem_with(facts, "driver.loaded"))
      return not_checked(VerifySubject::module, NotCheckedReason::no_answer, problem->message);
    if (now.library_version) return none_loaded(facts, now, is_restart_due);
    if (facts.environment.managed_by)
      return not_checked(VerifySubject::module, NotCheckedReason::managed_elsewhere,
                         facts.environment.managed_by->owner);
    return found(VerifySubject::module, module_finding("driver-absent", facts.gpus.front().name, {}, {}));
  }
  const std::string& loaded = now.loaded->version;
  if (now.library_version == loaded)
    return sound(VerifySubject::module, fmt::format("{} is loaded, and its libraries are the same", loaded));
  if (now.library_version) return loaded_other(loaded, *now.library_version, is_restart_due);
  if (facts.environment.managed_by)
    return sound(VerifySubject::module,
                 fmt::format("{} is loaded, of {}", loaded, facts.environment.managed_by->owner));
  return found(VerifySubject::module, module_finding("library-absent", "libcuda.so.1", loaded, {}));
}

}  // namespace nvprov
