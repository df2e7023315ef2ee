#include "cli/package_asker.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "host/rooted_path.hpp"

namespace nvprov {
namespace {

constexpr const char* apt_program = "/usr/bin/apt-get";

bool is_there(const HostView& machine, const std::string& path) {
  const auto info = machine.file_info(path);
  return info && info->has_value();
}

// This machine, or a disk of it; not one that is only described.
bool is_here(const HostFacts& facts) { return facts.origin == "live" || facts.origin == "root"; }

// Where a folder's own dnf keeps what it fetches: it cannot reach the caller's cache from within.
std::string folder_inside_root() { return fmt::format("/var/cache/nvprov-{}", ::getpid()); }

}  // namespace

std::string cache_folder(const HostView& machine) {
  const auto user = machine.effective_user();
  if (user && *user == 0) return "/var/cache/nvprov";
  if (const auto xdg = machine.environment("XDG_CACHE_HOME"); xdg && xdg->starts_with('/')) return *xdg + "/nvprov";
  return machine.environment("HOME").value_or("/tmp") + "/.cache/nvprov";
}

std::optional<DnfGeneration> dnf_of(const HostFacts& facts) {
  return dnf_generation(facts.package_facts.manager.value_or(""));
}

bool can_ask(const HostView& machine, const HostView& target, const Asked& asked) {
  const HostFacts& facts = asked.facts;
  if (!facts.package_facts.manager) return false;
  if (!is_here(facts)) return !facts.package_facts.repositories.empty();
  if (!dnf_of(facts)) return facts.package_facts.manager == "apt" && is_there(machine, apt_program);
  const auto user = machine.effective_user();
  const bool may_run = facts.origin == "live" || (user && *user == 0);
  return may_run && is_there(target, "/usr/bin/" + *facts.package_facts.manager);
}

std::unique_ptr<PackageAsker> asker_for(Host& machine, Host* root, const Asked& asked, const PlanCommand& options) {
  std::optional<DnfPlace> dnf;
  if (dnf_of(asked.facts) && root != nullptr)
    dnf = DnfPlace{root, {.cache_folder = folder_inside_root(), .target_root = "/", .network = asked.network}};
  return std::make_unique<PackageAsker>(
      machine,
      PrivateApt{.cache_folder = asked.web.cache_folder.value_or(cache_folder(machine)),
                 .target_root = is_here(asked.facts) ? options.target.root.value_or("/") : "",
                 .network = asked.network},
      asked.web.downloader(machine), asked.web.fetch, std::move(dnf));
}

InsideRootGuard::InsideRootGuard(Host& machine, std::optional<std::string> root)
    : machine_(machine), root_(std::move(root)) {}

InsideRootGuard::~InsideRootGuard() {
  if (!root_) return;
  if (const auto path = rooted_path(*root_, folder_inside_root(), false))
    (void)machine_.run({.argv = {"rm", "-rf", "--one-file-system", "--", *path}, .environment = {}}, {});
}

}  // namespace nvprov
