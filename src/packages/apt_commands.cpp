#include <fmt/format.h>

#include "base/append.hpp"
#include "packages/apt.hpp"

namespace nvprov {
namespace {

using Arguments = std::vector<std::string>;

// The one place of the options that shape a transaction, so that what is simulated is what is done.
const Arguments choice_options = {"--no-install-recommends", "-o", "APT::Install-Suggests=false"};
// A changed configuration file stays as it is, without a question.
const Arguments unattended_options = {"-o", "Dpkg::Options::=--force-confdef", "-o", "Dpkg::Options::=--force-confold"};
const Arguments watched_options = {"-o", "APT::Status-Fd=3"};
constexpr int script_lock_timeout = 600;  // seconds

// Only the step may open these doors; apt refuses each of them under -y otherwise.
Arguments consent_options(const InstallPackages& step) {
  Arguments options;
  if (!step.allow_removals) options.push_back("--no-remove");
  if (step.allow_downgrades) options.push_back("--allow-downgrades");
  if (step.allow_held) options.push_back("--allow-change-held-packages");
  return options;
}

Arguments package_arguments(const InstallPackages& step) {
  Arguments names;
  for (const PackageRequest& request : step.packages)
    names.push_back(request.version ? request.name + "=" + *request.version : request.name);
  for (const std::string& name : step.leaving) names.push_back(name + "-");
  return names;
}

Arguments unattended_install(const InstallPackages& step, int lock_timeout, const Arguments& more) {
  Arguments argv = {"apt-get", "-y", "-q", "-o", fmt::format("DPkg::Lock::Timeout={}", lock_timeout)};
  append(argv, unattended_options);
  append(argv, more);
  append(argv, choice_options);
  append(argv, consent_options(step));
  argv.push_back("install");
  append(argv, package_arguments(step));
  return argv;
}

}  // namespace

std::vector<std::string> update_argv() { return {"apt-get", "-q", "update", "--error-on=any"}; }

std::vector<std::string> install_argv(const InstallPackages& step, int lock_timeout) {
  return unattended_install(step, lock_timeout, watched_options);
}

std::vector<std::string> scripted_install_argv(const InstallPackages& step) {
  return unattended_install(step, script_lock_timeout, {});
}

std::vector<std::string> simulate_argv(const InstallPackages& step) {
  // Without -y apt shows removals, downgrades and changes of held packages instead of stopping at them.
  Arguments argv = {"apt-get", "-s", "-q"};
  append(argv, choice_options);
  argv.push_back("install");
  append(argv, package_arguments(step));
  return argv;
}

std::vector<std::string> equivalent_install_argv(const InstallPackages& step) {
  Arguments argv = {"apt-get", "install", "--no-install-recommends"};
  if (step.allow_downgrades) argv.push_back("--allow-downgrades");
  if (step.allow_held) argv.push_back("--allow-change-held-packages");
  append(argv, package_arguments(step));
  return argv;
}

std::vector<std::string> apt_scratch_lines(const std::string& folder) {
  return {fmt::format("Dir::State::lists \"{}/lists/\";", folder), fmt::format("Dir::Cache \"{}/cache/\";", folder),
          fmt::format("Dir::Cache::archives \"{}/cache/archives/\";", folder),
          fmt::format("Dir::Log \"{}/log/\";", folder),
          fmt::format("DPkg::Options:: \"--log={}/log/dpkg.log\";", folder)};
}

std::vector<std::string> undo_argv(const std::vector<std::string>& packages) {
  Arguments argv = {"apt-get", "purge"};
  append(argv, packages);
  return argv;
}

std::vector<std::string> mark_asked_for_argv(const std::vector<std::string>& packages) {
  Arguments argv = {"apt-mark", "manual"};
  append(argv, packages);
  return argv;
}

std::vector<std::string> mark_drawn_in_argv(const std::vector<std::string>& packages) {
  Arguments argv = {"apt-mark", "auto"};
  append(argv, packages);
  return argv;
}

}  // namespace nvprov
