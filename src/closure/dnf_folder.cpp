#include "closure/dnf_folder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "host/private_folder.hpp"
#include "metadata/dnf_sources.hpp"

namespace nvprov {
namespace {

std::vector<std::string> sections_of(const HostView& machine, const std::vector<RepositoryEntry>& entries) {
  std::vector<std::string> sections;
  for (const RepositoryEntry& entry : entries) {
    const auto text = machine.read_file(entry.file);
    sections.push_back(text && *text ? section_at(**text, entry.line) : std::string());
  }
  return sections;
}

std::string config_text(const HostView& machine, const PrivateApt& where, const DnfFolder& folder) {
  std::string text =
      "# Written by nvprov for a look at the repositories; the host's own files are untouched.\n[main]\n";
  const auto own = machine.read_file("/etc/dnf/dnf.conf");
  for (const std::string& line : kept_dnf_settings(own && *own ? **own : std::string())) text += line + "\n";
  // Last, so that they count and not the host's.
  if (where.network.proxy) text += fmt::format("proxy={}\n", *where.network.proxy);
  text += fmt::format("cachedir={0}/cache\npersistdir={0}/state\nlogdir={0}/log\nreposdir={0}/repos.d\n", folder.path);
  if (folder.generation == DnfGeneration::dnf5) text += fmt::format("system_cachedir={}/cache\n", folder.path);
  // Plugins may write the host's own files; what is held back is known from the facts.
  return text + "plugins=0\ngpgcheck=1\n";
}

Status write_files(Host& machine, const PrivateApt& where, const DnfFolder& folder, const DnfSources& sources) {
  for (const char* name : {"/cache", "/state", "/log", "/repos.d", "/copies"})
    if (const Status made = machine.make_directory(folder.path + name, 0755); !made) return made;
  for (const PlannedCopy& copy : sources.copies)
    if (const Status done = write_if_changed(machine, folder.path + "/copies/" + copy.name, copy.content, 0644); !done)
      return done;
  // Only for the caller: an entry or a proxy may hold a password.
  if (const Status done = write_if_changed(machine, folder.path + "/repos.d/nvprov.repo", sources.repositories, 0600);
      !done)
    return done;
  return write_if_changed(machine, folder.path + "/dnf.conf", config_text(machine, where, folder), 0600);
}

Result<CommandOutput> run_after(Host& machine, const DnfFolder& folder, const std::vector<std::string>& before,
                                std::vector<std::string> argv) {
  argv.insert(argv.begin() + 1, fmt::format("--config={}/dnf.conf", folder.path));
  constexpr const char* time_limit = "1800";
  std::vector<std::string> whole = {"timeout", "--foreground", "--kill-after=10", time_limit};
  whole.insert(whole.end(), before.begin(), before.end());
  whole.insert(whole.end(), argv.begin(), argv.end());
  Command command{.argv = std::move(whole), .environment = {}};
  for (const auto& [name, value] : wide_table_environment(folder.generation))
    command.environment.push_back({name, value});
  return machine.run(command, {});
}

}  // namespace

Result<DnfFolder> open_dnf_folder(Host& machine, const PrivateApt& where, const HostFacts& facts,
                                  const ConsultedRepositories& repositories) {
  if (!where.cache_folder.starts_with('/') || where.cache_folder.find_first_of(" ,;\n") != std::string::npos)
    return fail(ErrorKind::usage, fmt::format("dnf cannot work in the folder {}", where.cache_folder));
  if (const Status made = make_cache_folder(machine, where.cache_folder); !made) return fail(made.error());
  const std::vector<std::string> sections = sections_of(machine, repositories.entries);
  DnfFolder folder;
  folder.generation = dnf_generation(facts.package_facts.manager.value_or("")).value_or(DnfGeneration::dnf4);
  const auto user = machine.effective_user();
  folder.is_root = !user || *user == 0;
  // The names of copies stand in the sources, and the sources name the folder: a fixed word breaks the circle.
  const DnfSources named = dnf_sources(repositories, sections, "copies");
  folder.path = fmt::format("{}/dnf/{}", where.cache_folder, sha256_hex(named.repositories).substr(0, 16));
  if (const Status made = machine.make_directory(folder.path, 0755); !made) return fail(made.error());
  auto lock = wait_for_lock(machine, folder.path + "/lock");
  if (!lock) return fail(lock.error());
  folder.lock = std::move(*lock);
  const DnfSources sources = dnf_sources(repositories, sections, folder.path + "/copies");
  if (const Status written = write_files(machine, where, folder, sources); !written) return fail(written.error());
  return folder;
}

Result<CommandOutput> run_dnf(Host& machine, const DnfFolder& folder, std::vector<std::string> argv) {
  return run_after(machine, folder, {}, std::move(argv));
}

Result<CommandOutput> run_dnf_as_root(Host& machine, const DnfFolder& folder, std::vector<std::string> argv) {
  if (folder.is_root) return run_after(machine, folder, {}, std::move(argv));
  auto output = run_after(machine, folder, {"unshare", "--map-root-user", "--"}, std::move(argv));
  if (output && output->exit_status != 0 && output->err.starts_with("unshare: "))
    return fail(ErrorKind::failed,
                "dnf lets nobody but root try an installation, and no user namespace can be had here",
                {std::string(trim(output->err))}, {"ask as root: `sudo nvprov plan`"});
  return output;
}

}  // namespace nvprov
