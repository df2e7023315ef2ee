#include "cli/target_facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "base/text.hpp"
#include "catalog/expand_families.hpp"
#include "cli/facts_documents.hpp"
#include "cli/named_distro.hpp"
#include "detect/detect.hpp"
#include "detect/os.hpp"
#include "host/line_reader.hpp"
#include "host/posix_host.hpp"
#include "model/facts_json.hpp"
#include "resolve/described_host.hpp"
#include "resolve/named_gpus.hpp"

namespace nvprov {
namespace {

// What the sources of the target's distribution offer; nothing where the catalog does not know it.
void add_offers(Catalog& catalog, const std::optional<OsFacts>& os) {
  if (const Distro* distro = os ? find_distro_of(catalog, os->id, os->version_id) : nullptr)
    expand_families(catalog, std::string(distro->id));
}

Result<std::optional<std::string>> facts_text(const HostView& machine, const std::string& path) {
  if (path != "-") return machine.read_file(path);
  auto text = read_standard_input(largest_facts_document);
  if (!text) return fail(text.error());
  return std::move(*text);
}

Outcome<HostFacts> facts_of_file(const HostView& machine, const std::string& path) {
  const auto text = facts_text(machine, path);
  if (!text) return give_up(text.error());
  if (!*text)
    return give_up(Error{.kind = ErrorKind::usage,
                         .message = fmt::format("`--facts {}`: there is no such file", path),
                         .because = {},
                         .hints = {"`nvprov detect --json > facts.json` on the machine itself makes one"},
                         .context = {}});
  auto facts = facts_from_json(**text, path == "-" ? "standard input" : path);
  if (!facts) return give_up(facts.error());
  return std::move(*facts);
}

Outcome<HostFacts> facts_of_flags(const Catalog& catalog, const TargetOptions& options) {
  const auto named = named_distro(catalog, *options.distro, options.arch);
  if (!named) return give_up(named.error());
  return described_host(*named->distro, named->arch);
}

HostFacts facts_of_root(Catalog& catalog, const std::string& root, const std::string& today) {
  const auto host = make_posix_host(root);
  add_offers_for(catalog, *host);
  HostFacts facts = detect_host(*host, catalog, {.date = today, .all_origins = false});
  facts.origin = "root";
  return facts;
}

Outcome<HostFacts> looked_at(const HostView& machine, Catalog& catalog, const TargetOptions& options,
                             const std::string& today) {
  if (options.facts) return facts_of_file(machine, *options.facts);
  if (options.distro) return facts_of_flags(catalog, options);
  if (options.root) return facts_of_root(catalog, *options.root, today);
  add_offers_for(catalog, machine);
  return detect_host(machine, catalog, {.date = today, .all_origins = false});
}

void forget(HostFacts& facts, std::string_view place) {
  std::erase_if(facts.diagnostics, [&](const Diagnostic& diagnostic) { return diagnostic.place == place; });
}

// Where the target itself was looked at, a kernel it does not have is a slip of the pen: nothing could be built for it.
Status check_kernel(const HostFacts& facts, const std::string& release) {
  const bool was_looked_at = facts.origin == "live" || facts.origin == "root";
  const auto& installed = facts.kernel.installed;
  if (!was_looked_at || could_not_look(facts, "kernel.installed") ||
      std::ranges::find(installed, release, &InstalledKernel::release) != installed.end())
    return {};
  std::vector<std::string> releases;
  for (const InstalledKernel& kernel : installed) releases.push_back(kernel.release);
  Error error{.kind = ErrorKind::usage,
              .message = fmt::format("the kernel `{}` is not installed there", release),
              .because = {releases.empty() ? "no kernel is" : "installed: " + join(releases, ", ")},
              .hints = {},
              .context = {}};
  if (const auto suggestion = did_you_mean(release, releases))
    error.hints.push_back(fmt::format("did you mean `{}`?", *suggestion));
  error.hints.emplace_back(
      "a kernel counts with its image in /boot or in its folder of /lib/modules: install it first, "
      "and mount the disk's /boot where it has one of its own");
  return fail(error);
}

// Those of another kind than any of `named`.
std::vector<Gpu> passed_over(std::vector<Gpu> found, const std::vector<Gpu>& named) {
  std::erase_if(
      found, [&](const Gpu& gpu) { return std::ranges::find(named, gpu.device_id, &Gpu::device_id) != named.end(); });
  return found;
}

// A GPU or kernel named by a flag takes the place of what was found.
Status add_named(HostFacts& facts, const Catalog& catalog, const Request& request) {
  if (!request.gpus.empty()) {
    auto named = name_devices(request.gpus, catalog);
    if (!named) return fail(named.error());
    facts.gpus_passed_over = passed_over(std::move(facts.gpus), named->gpus);
    facts.gpus = std::move(named->gpus);
    facts.nvswitches = std::move(named->nvswitches);
    facts.gpus_named = true;
    forget(facts, "gpus");
    forget(facts, "nvswitches");
  }
  if (request.kernel) {
    if (const Status known = check_kernel(facts, *request.kernel); !known) return known;
    const auto& installed = facts.kernel.installed;
    const auto known = std::ranges::find(installed, *request.kernel, &InstalledKernel::release);
    const bool has_headers = known != installed.end() && known->has_headers;
    facts.kernel.installed = {{.release = *request.kernel, .has_headers = has_headers}};
    facts.kernel.running.reset();
    forget(facts, "kernel");
    forget(facts, "kernel.running");
  }
  return {};
}

}  // namespace

Result<std::string> folder_of_disk(const std::string& typed) {
  const auto refuse = [&](std::string_view what, std::string because, std::string hint) {
    return fail(ErrorKind::usage, fmt::format("`--root {}` {}", typed.empty() ? "''" : typed, what),
                {std::move(because)}, {std::move(hint)});
  };
  constexpr const char* name_it = "name the folder the disk of the host is mounted at";
  if (typed.empty()) return refuse("names no folder", "its value is empty", name_it);
  std::error_code problem;
  const auto folder = std::filesystem::canonical(typed, problem);
  if (problem) return refuse("holds no system", fmt::format("{}: {}", typed, problem.message()), name_it);
  if (!std::filesystem::is_directory(folder, problem))
    return refuse("holds no system", fmt::format("{} is not a folder", typed), name_it);
  if (std::filesystem::equivalent(folder, "/", problem))
    return refuse("is the machine nvprov runs on, not a disk beside it", "both are the same folder",
                  "leave `--root` out where this machine is meant");
  const auto etc = make_posix_host(folder.string())->file_info("/etc");
  if (etc && *etc) return folder.string();
  return refuse("holds no system", fmt::format("there is no folder {}/etc", folder.string()), name_it);
}

void add_offers_for(Catalog& catalog, const HostView& target) {
  Diagnostics ignored;  // detect_host() looks again, and keeps them
  add_offers(catalog, detect_os(target, ignored));
}

Outcome<HostFacts> recorded_facts(HostFacts facts, const Catalog& catalog, const Request& request,
                                  const std::string& today) {
  facts.origin = "file";
  facts.observed_on = today;
  if (const Status named = add_named(facts, catalog, request); !named) return give_up(named.error());
  return facts;
}

Outcome<HostFacts> target_facts(const HostView& machine, Catalog& catalog, const TargetOptions& options,
                                const Request& request, const std::string& today) {
  auto facts = looked_at(machine, catalog, options, today);
  if (!facts) return facts;
  if (options.facts || options.distro) add_offers(catalog, facts->os);
  if (options.facts) return recorded_facts(std::move(*facts), catalog, request, today);
  facts->observed_on = today;
  if (const Status named = add_named(*facts, catalog, request); !named) return give_up(named.error());
  return facts;
}

}  // namespace nvprov
