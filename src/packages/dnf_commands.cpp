#include <fmt/format.h>

#include <algorithm>

#include "base/append.hpp"
#include "base/text.hpp"
#include "packages/dnf.hpp"

namespace nvprov {
namespace {

using DnfArguments = std::vector<std::string>;

constexpr std::string_view query_fields =
    "%{name}\\t%{epoch}\\t%{version}\\t%{release}\\t%{arch}\\t%{repoid}\\t%{downloadsize}\\t%{installsize}";

std::string program(DnfGeneration generation) { return generation == DnfGeneration::dnf5 ? "dnf5" : "dnf"; }

// The one place of the options that shape a transaction, so that what is asked is what is done.
DnfArguments transaction(DnfGeneration generation, const InstallPackages& step) {
  DnfArguments options = {"--setopt=install_weak_deps=0", "--setopt=exit_on_lock=1", "install"};
  if (step.allow_removals) options.push_back("--allowerasing");
  if (generation == DnfGeneration::dnf5)
    options.push_back(step.allow_downgrades ? "--allow-downgrade" : "--no-allow-downgrade");
  return options;
}

}  // namespace

std::optional<DnfGeneration> dnf_generation(std::string_view manager) {
  if (manager == "dnf") return DnfGeneration::dnf4;
  if (manager == "dnf5") return DnfGeneration::dnf5;
  return std::nullopt;
}

std::string package_spec(std::string_view name, std::string_view version, std::string_view architecture) {
  // Without an epoch dnf takes any.
  const std::string_view epoch = contains(version, ":") ? "" : "0:";
  return fmt::format("{}-{}{}{}{}", name, epoch, version, architecture.empty() ? "" : ".", architecture);
}

std::vector<std::string> package_specs(const InstallPackages& step, const std::vector<PackageChange>& closure) {
  DnfArguments specs;
  for (const PackageRequest& request : step.packages) {
    const auto change = std::ranges::find_if(closure, [&](const PackageChange& each) {
      return each.name == request.name && each.version == request.version && each.action != PackageAction::remove;
    });
    const std::string architecture = change == closure.end() ? std::string() : change->architecture;
    specs.push_back(request.version ? package_spec(request.name, *request.version, architecture) : request.name);
  }
  return specs;
}

std::vector<std::pair<std::string, std::string>> wide_table_environment(DnfGeneration generation) {
  if (generation == DnfGeneration::dnf4) return {};
  return {{"FORCE_COLUMNS", "1000"}, {"COLUMNS", "1000"}};
}

std::vector<std::string> makecache_argv(DnfGeneration generation) {
  return {program(generation), "-y", "--setopt=exit_on_lock=1", "makecache", "--refresh"};
}

std::vector<std::string> dnf_install_argv(DnfGeneration generation, const InstallPackages& step,
                                          const std::vector<std::string>& specs) {
  DnfArguments argv = {program(generation), "-y"};
  append(argv, transaction(generation, step));
  append(argv, specs);
  return argv;
}

std::vector<std::string> dnf_assume_no_argv(DnfGeneration generation, const InstallPackages& step,
                                            const std::vector<std::string>& specs) {
  DnfArguments argv = {program(generation), "--assumeno"};
  append(argv, transaction(generation, step));
  append(argv, specs);
  return argv;
}

std::vector<std::string> dnf_mark_dependency_argv(DnfGeneration generation, const std::vector<std::string>& packages) {
  // dnf 4 calls it removing the mark of what a user wanted.
  DnfArguments argv = {program(generation), "-y", "mark", generation == DnfGeneration::dnf5 ? "dependency" : "remove"};
  append(argv, packages);
  return argv;
}

std::vector<std::string> dnf_clean_argv(DnfGeneration generation) { return {program(generation), "clean", "all"}; }

std::vector<std::string> dnf_scratch_options(const std::string& folder) {
  return {fmt::format("--setopt=cachedir={}/cache", folder), fmt::format("--setopt=logdir={}/log", folder)};
}

std::vector<std::string> equivalent_dnf_install_argv(DnfGeneration generation, const InstallPackages& step,
                                                     const std::vector<std::string>& specs) {
  DnfArguments argv = {program(generation), "install", "--setopt=install_weak_deps=0"};
  if (step.allow_removals) argv.push_back("--allowerasing");
  append(argv, specs);
  return argv;
}

std::vector<std::string> module_reset_argv(DnfGeneration generation, const std::string& module) {
  return {program(generation), "-y", "--setopt=exit_on_lock=1", "module", "reset", module};
}

std::vector<std::string> module_enable_argv(DnfGeneration generation, const std::string& module,
                                            const std::string& stream) {
  return {program(generation), "-y", "--setopt=exit_on_lock=1", "module", "enable", module + ":" + stream};
}

std::vector<std::string> repoquery_argv(DnfGeneration generation, const std::vector<std::string>& packages,
                                        bool all_streams) {
  DnfArguments argv = {program(generation), "-q", "repoquery"};
  // dnf 4 ends each line itself, dnf 5 does not.
  argv.push_back(fmt::format("--qf={}{}", query_fields, generation == DnfGeneration::dnf5 ? "\\n" : ""));
  if (all_streams) argv.push_back("--disable-modular-filtering");
  append(argv, packages);
  return argv;
}

std::vector<std::string> dnf_undo_argv(DnfGeneration generation, const std::vector<std::string>& packages) {
  // Only what is named: what others came to need meanwhile is not dnf's to guess.
  DnfArguments argv = {program(generation), "remove", "--setopt=clean_requirements_on_remove=0"};
  append(argv, packages);
  return argv;
}

}  // namespace nvprov
