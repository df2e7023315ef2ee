#include "report/status_text.hpp"

#include <fmt/format.h>

#include <vector>

#include "base/shell_quote.hpp"
#include "base/text.hpp"
#include "report/fact_words.hpp"
#include "report/fill.hpp"
#include "report/gpu_groups.hpp"

namespace nvprov {
namespace {

constexpr const char* plan_command = "nvprov plan --profile runtime-only";

std::string_view words_of(ProblemKind kind) {
  switch (kind) {
    case ProblemKind::packages_interrupted:
      return "a package installation was interrupted and left {subject} half installed";
    case ProblemKind::distro_not_supported: return "nvprov installs nothing on this distribution: {subject}";
    case ProblemKind::managed_elsewhere: return "none of ours: the driver belongs to {subject}[ ({other})]";
    case ProblemKind::runfile_driver: return "the driver is from NVIDIA's .run installer; packages would clash with it";
    case ProblemKind::version_mismatch:
      return "the loaded module is {subject}, the libraries are {other}: CUDA fails until the next reboot";
    case ProblemKind::reboot_pending: return "this host waits for a reboot[ ({subject})]";
    case ProblemKind::nouveau: return "nouveau drives the GPUs, and no NVIDIA driver is installed";
    case ProblemKind::nouveau_until_reboot:
      return "nouveau still drives the GPUs; driver {subject} takes over at the next reboot";
    case ProblemKind::driver_not_loaded: return "driver {subject} is installed, but its module is not loaded";
    case ProblemKind::key_not_enrolled:
      return "Secure Boot refuses the module of driver {subject}: its key is not enrolled";
    case ProblemKind::no_driver: return "{subject}, and no driver";
    case ProblemKind::held_package: return "{subject} is held at {other}, so the driver cannot change";
  }
  return "";
}

std::string problem_line(const std::optional<MainProblem>& problem) {
  if (!problem) return "none";
  return fill(words_of(problem->kind), {.subject = problem->subject, .other = problem->other, .limit = ""});
}

std::string next_for(const MainProblem& problem) {
  switch (problem.kind) {
    case ProblemKind::packages_interrupted: return "dpkg --configure -a";
    case ProblemKind::runfile_driver: return shell_quote(problem.subject);
    case ProblemKind::version_mismatch:
    case ProblemKind::reboot_pending:
    case ProblemKind::nouveau_until_reboot: return "reboot";
    case ProblemKind::distro_not_supported:
    case ProblemKind::managed_elsewhere:
    case ProblemKind::key_not_enrolled: return "nvprov detect";
    case ProblemKind::nouveau:
    case ProblemKind::driver_not_loaded:
    case ProblemKind::no_driver:
    case ProblemKind::held_package: return plan_command;
  }
  return "";
}

bool is_container(const HostFacts& facts) {
  return facts.environment.place == PlaceKind::container || facts.environment.place == PlaceKind::machine_container ||
         facts.environment.place == PlaceKind::image_build;
}

std::string next_without_problem(const HostFacts& facts) {
  if (facts.environment.place == PlaceKind::machine_container) return "nvprov plan --target host";
  if (is_container(facts)) return "nvprov plan --target image --cuda RELEASE";
  if (!facts.gpus.empty()) return plan_command;
  return could_not_look(facts, "gpus") ? fmt::format("{} --gpu NAME", plan_command) : "nvprov detect";
}

std::string gpu_line(const HostFacts& facts) {
  if (facts.gpus.empty()) return could_not_look(facts, "gpus") ? "could not look" : "none";
  std::string text = gpu_names(facts.gpus);
  if (!facts.nvswitches.empty()) text += fmt::format(", {}x NVSwitch", facts.nvswitches.size());
  return is_container(facts) ? text + " (of the machine this container runs on)" : text;
}

std::string driver_line(const HostFacts& facts) {
  const DriverFacts& driver = facts.driver;
  if (driver.loaded) return fmt::format("{} ({} module, loaded)", driver.loaded->version, driver.loaded->flavour);
  if (driver.library_version) {
    return fmt::format("{} (libraries{})", *driver.library_version,
                       could_not_look(facts, "driver.loaded") ? "" : ", module not loaded");
  }
  if (could_not_look(facts, "driver.library_version")) return "could not look";
  return driver.nouveau_loaded ? "none (nouveau is loaded)" : "none";
}

std::string cuda_line(const HostFacts& facts) {
  std::vector<std::string> toolkits;
  for (const CudaToolkit& toolkit : facts.cuda_toolkits) {
    toolkits.push_back(fmt::format("{} ({})", toolkit.version.value_or("unknown release"), toolkit.path));
  }
  if (toolkits.empty()) return could_not_look(facts, "cuda_toolkits") ? "could not look" : "no toolkit in /usr/local";
  return join(toolkits, ", ");
}

std::string container_line(const HostFacts& facts) {
  std::vector<std::string> names;
  for (const ContainerEngine& engine : facts.container_engines) names.push_back(engine.name);
  if (names.empty()) return could_not_look(facts, "container_engines") ? "could not look" : "no engine";
  return join(names, ", ");
}

}  // namespace

StatusFindings find_status(const HostFacts& facts, std::span<const std::string> driver_packages) {
  std::optional<MainProblem> found = main_problem(facts, driver_packages);
  std::string next = found ? next_for(*found) : next_without_problem(facts);
  return {.problem = std::move(found), .next_command = std::move(next)};
}

std::string status_text(const HostFacts& facts, const StatusFindings& findings) {
  return fmt::format("GPUs        {}\ndriver      {}\nCUDA        {}\ncontainers  {}\nproblem     {}\nnext        {}\n",
                     gpu_line(facts), driver_line(facts), cuda_line(facts), container_line(facts),
                     problem_line(findings.problem), findings.next_command);
}

}  // namespace nvprov
