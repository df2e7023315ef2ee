#include "export/script_commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

#include "base/append.hpp"
#include "base/base64.hpp"
#include "base/digest.hpp"
#include "base/shell_quote.hpp"
#include "base/text.hpp"
#include "model/words.hpp"
#include "packages/alternatives.hpp"
#include "packages/apt.hpp"
#include "packages/dnf.hpp"
#include "packages/systemd.hpp"

namespace nvprov {
namespace {

using Commands = std::vector<std::string>;

constexpr int line_width = 100;

std::string folder_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

// argv as one command, over several lines where it is long.
std::string command(const std::vector<std::string>& argv) {
  std::string text = command_line(argv, line_width, "");
  text.pop_back();  // its line end
  return text;
}

std::string permissions(std::uint32_t mode) { return fmt::format("{:04o}", mode); }

// printf, because what echo makes of a backslash is each shell's own choice; one argument a line.
std::string print_lines(std::string_view content) {
  std::string text = "printf '%s\\n'";
  for (const std::string_view line : split_lines(content)) text += " \\\n    " + always_quoted(line);
  return text;
}

Commands write_text(const std::string& path, std::string_view content, std::uint32_t mode) {
  return {command({"mkdir", "-p", folder_of(path)}), print_lines(content) + " >" + shell_quote(path),
          command({"chmod", permissions(mode), path})};
}

Commands write_key(const ImportKey& key) {
  return {command({"mkdir", "-p", folder_of(key.path)}),
          fmt::format("printf '%s' '{}' | base64 -d >{}", base64_encode(key.content), shell_quote(key.path)),
          fmt::format("echo '{}  {}' | sha256sum --check --status", sha256_hex(key.content), key.path),
          command({"chmod", "0644", key.path})};
}

// Somebody else's lines in the same file are not a script's to drop.
Commands write_own_file_of_holds(const HoldPackages& step) {
  return {fmt::format("if grep -Eqsv '^[[:space:]]*(#|$)' {0}; then \\\n"
                      "    echo \"error: {0} holds lines already; add this plan's by hand\" >&2; exit 4; fi",
                      step.path),
          print_lines(step.content) + " >" + shell_quote(step.path)};
}

// A file that is there by then is not a script's to replace.
Commands write_new_file(const ConfigureContainerEngine& step) {
  const std::string error = fmt::format("error: {} is there already; run nvprov on this system", step.path);
  Commands commands = {
      fmt::format("if [ -s {} ]; then \\\n    echo {} >&2; exit 4; fi", shell_quote(step.path), shell_quote(error))};
  for (std::string& each : write_text(step.path, step.content, step.mode)) commands.push_back(std::move(each));
  return commands;
}

const PackageChange* find_change(const Closure& closure, const std::string& name) {
  const auto change = std::ranges::find(closure.packages, name, &PackageChange::name);
  return change == closure.packages.end() ? nullptr : &*change;
}

bool is_asked_for(const Plan& plan, const PackageChange& change) {
  return std::ranges::any_of(plan.steps, [&](const Step& step) {
    const auto* install = std::get_if<InstallPackages>(&step);
    return install != nullptr &&
           std::ranges::find(install->packages, change.name, &PackageRequest::name) != install->packages.end();
  });
}

bool is_last_transaction(const Plan& plan, const InstallPackages& step) {
  const auto last = std::find_if(plan.steps.rbegin(), plan.steps.rend(),
                                 [](const Step& each) { return std::holds_alternative<InstallPackages>(each); });
  return last != plan.steps.rend() && std::get_if<InstallPackages>(&*last) == &step;
}

// The transaction with every version said: what it asks for, and for the last one all the plan lists.
InstallPackages pinned(const Plan& plan, const InstallPackages& step) {
  InstallPackages all = step;
  for (PackageRequest& request : all.packages)
    if (const PackageChange* change = find_change(plan.closure, request.name)) request.version = change->version;
  if (!is_last_transaction(plan, step)) return all;
  for (const PackageChange& change : plan.closure.packages) {
    const bool comes = change.action != PackageAction::remove && change.action != PackageAction::keep;
    if (comes && !is_asked_for(plan, change)) all.packages.push_back({.name = change.name, .version = change.version});
  }
  return all;
}

// Packages nobody asked for by name: those that come new, or those that were there before.
std::vector<std::string> drawn_in(const Plan& plan, bool fresh) {
  std::vector<std::string> names;
  for (const PackageChange& change : plan.closure.packages) {
    const bool comes = change.action != PackageAction::remove && change.action != PackageAction::keep;
    if (comes && !is_asked_for(plan, change) && change.old_version.has_value() != fresh) names.push_back(change.name);
  }
  return names;
}

std::vector<std::string> with(std::vector<std::string> argv, const std::vector<std::string>& names) {
  argv.insert(argv.end(), names.begin(), names.end());
  return argv;
}

// Naming a package on the command line marks it as wanted for itself; here it is named only for its version.
Commands install_with_apt(const Plan& plan, const InstallPackages& step) {
  Commands commands;
  const bool last = is_last_transaction(plan, step);
  const auto upgraded = last ? drawn_in(plan, false) : std::vector<std::string>{};
  const auto fresh = last ? drawn_in(plan, true) : std::vector<std::string>{};
  if (!upgraded.empty()) commands.push_back("automatic=$(" + command(with({"apt-mark", "showauto"}, upgraded)) + ")");
  commands.push_back(command(scripted_install_argv(pinned(plan, step))));
  if (!fresh.empty()) commands.push_back(command(with({"apt-mark", "auto"}, fresh)) + " >/dev/null");
  if (!upgraded.empty())
    commands.push_back("if [ -n \"$automatic\" ]; then echo \"$automatic\" | xargs apt-mark auto >/dev/null; fi");
  return commands;
}

Commands install_with_dnf(DnfGeneration dnf, const Plan& plan, const InstallPackages& step) {
  const InstallPackages all = pinned(plan, step);
  Commands commands = {command(dnf_install_argv(dnf, all, package_specs(all, plan.closure.packages)))};
  const auto fresh = is_last_transaction(plan, step) ? drawn_in(plan, true) : std::vector<std::string>{};
  if (!fresh.empty()) commands.push_back(command(dnf_mark_dependency_argv(dnf, fresh)) + " >/dev/null");
  return commands;
}

struct CommandsOf {
  const Plan& plan;
  std::optional<DnfGeneration> dnf;

  Commands operator()(const ImportKey& step) const { return write_key(step); }
  Commands operator()(const AddRepository& step) const { return write_text(step.path, step.content, 0644); }
  Commands operator()(const WriteFile& step) const { return write_text(step.path, step.content, step.mode); }
  Commands operator()(const HoldPackages& step) const { return write_own_file_of_holds(step); }
  Commands operator()(const RefreshMetadata&) const { return {command(dnf ? makecache_argv(*dnf) : update_argv())}; }
  Commands operator()(const SetModuleStream& step) const {
    if (!dnf) return {};
    return {command(module_reset_argv(*dnf, step.module)), command(module_enable_argv(*dnf, step.module, step.stream))};
  }
  Commands operator()(const InstallPackages& step) const {
    return dnf ? install_with_dnf(*dnf, plan, step) : install_with_apt(plan, step);
  }
  Commands operator()(const SetPackageMark& step) const { return {command(mark_asked_for_argv(step.packages))}; }
  Commands operator()(const SetAlternative& step) const {
    return {command(set_alternative_argv(step.name, step.target))};
  }
  Commands operator()(const ConfigureContainerEngine& step) const { return write_new_file(step); }
  // Where nothing runs yet there is nothing to tell.
  Commands operator()(const ManageService& step) const {
    const std::string unit = shell_quote(step.unit);
    if (is_enabling(step))
      return {fmt::format("if command -v systemctl >/dev/null; then {}; fi", command(systemctl_argv(step)))};
    return {fmt::format("if systemctl is-active --quiet {0} 2>/dev/null; then systemctl {1} {0}; fi", unit,
                        to_word(step.action))};
  }
  // check_exportable() refuses plans with these.
  Commands operator()(const RemoveRepository&) const { return {}; }
  Commands operator()(const EnableRepository&) const { return {}; }
};

tl::unexpected<Error> not_exportable(std::string because, std::string hint) {
  return fail(ErrorKind::refused, "this plan cannot be written as a script", {std::move(because)}, {std::move(hint)});
}

bool edits_files_of_others(const Step& step) {
  const auto* engine = std::get_if<ConfigureContainerEngine>(&step);
  return std::holds_alternative<RemoveRepository>(step) || std::holds_alternative<EnableRepository>(step) ||
         (engine != nullptr && engine->former);
}

bool installs(const Step& step) { return std::holds_alternative<InstallPackages>(step); }

}  // namespace

Status check_exportable(const Plan& plan) {
  if (plan.steps.empty())
    return not_exportable("there is nothing to do: what was asked for is already there",
                          "plan for a fresh system, such as a root folder with `--root DIR`");
  if (!plan.blockers.empty())
    return not_exportable("something is in its way or needs consent", "see what with `nvprov plan`");
  if (!plan.closure.known && std::ranges::any_of(plan.steps, installs))
    return not_exportable("it does not know the exact packages: no repository was asked",
                          "plan on a system of that kind, or for a root folder of it with `--root DIR`");
  for (const Step& step : plan.steps)
    if (edits_files_of_others(step))
      return not_exportable("it changes files this system's administrator wrote",
                            "plan for a fresh system, or change those files first");
  return {};
}

std::vector<std::string> script_commands(const Plan& plan, const Distro& distro) {
  Commands commands;
  for (const Step& step : plan.steps)
    append(commands, std::visit(CommandsOf{plan, dnf_generation(distro.package_manager)}, step));
  return commands;
}

std::vector<std::string> cleanup_commands(const Distro& distro) {
  const std::string common = " /var/log/alternatives.log /var/cache/ldconfig/aux-cache";
  if (const auto dnf = dnf_generation(distro.package_manager))
    return {command(dnf_clean_argv(*dnf)), "rm -rf /var/cache/dnf /var/log/dnf* /var/log/hawkey.log" + common};
  return {"apt-get clean", "rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/log/apt /var/log/dpkg.log" + common};
}

std::vector<std::string> script_heading(const Plan& plan) {
  std::vector<std::string> lines = {
      fmt::format("Made by nvprov {} for {}, catalog of {}.", plan.tool_version, plan.host, plan.catalog_date)};
  std::string what = "Profile " + join(plan.resolution.profiles, ", ");
  if (!plan.gpus.empty()) what += " for " + join(plan.gpus, ", ");
  if (const auto& driver = plan.resolution.driver)
    what += fmt::format("; driver {} with the {} module", driver->version, driver->flavour);
  for (const CudaChoice& cuda : plan.resolution.cuda) what += fmt::format("; CUDA {}", cuda.update);
  lines.push_back(what + ".");
  lines.emplace_back("Versions and keys are pinned: where a repository has them no more, this stops.");
  return lines;
}

}  // namespace nvprov
