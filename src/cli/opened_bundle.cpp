#include "cli/opened_bundle.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "apply/journal.hpp"
#include "bundle/bundle_sources.hpp"
#include "cli/caller_files.hpp"
#include "cli/package_asker.hpp"
#include "host/private_folder.hpp"
#include "host/rooted_path.hpp"
#include "metadata/consulted_entries.hpp"

namespace nvprov {
namespace {

constexpr std::uint32_t for_the_target = 0755;  // apt's own user reads in it
constexpr std::uint32_t for_the_caller = 0700;
constexpr std::uint32_t source_mode = 0644;

struct BundlePlace {
  std::string parent;  // on this machine
  std::string inside;  // as the target sees it
  std::uint32_t mode;
};

Result<BundlePlace> place_for(Host& machine, const std::optional<std::string>& root, bool installs) {
  if (!installs) {
    const std::string folder = cache_folder(machine);
    if (const Status made = make_cache_folder(machine, folder); !made) return fail(made.error());
    return BundlePlace{folder, folder, for_the_caller};
  }
  if (!root) return BundlePlace{state_folder, state_folder, for_the_target};
  const auto real = rooted_path(*root, state_folder, true);
  if (!real) return fail(real.error());
  return BundlePlace{*real, state_folder, for_the_target};
}

Result<std::vector<Mirror>> mirrors_of(const Bundle& bundle, const std::string& folder) {
  std::vector<Mirror> mirrors;
  for (const BundleMirror& each : bundle.mirrors) {
    Mirror mirror{.from = each.from, .to = each.to, .fingerprint = each.fingerprint, .ca_file = {}};
    if (each.certificate) mirror.ca_file = folder + "/" + *each.certificate;
    mirrors.push_back(std::move(mirror));
  }
  return mirrors;
}

// Those of this machine's own settings that the bundle was made with. A mirror may sign with a key of its own, and its
// address stays on the host.
Result<std::vector<Mirror>> known_mirrors(const Bundle& bundle, const NetworkSettings& settings) {
  std::vector<Mirror> mirrors;
  for (const BundleMirror& each : bundle.mirrors) {
    const auto known = std::ranges::find_if(settings.mirrors, [&](const Mirror& mirror) {
      return mirror.from == each.from && mirror.to == each.to && mirror.fingerprint == each.fingerprint;
    });
    if (known == settings.mirrors.end())
      return fail(ErrorKind::not_trusted,
                  fmt::format("the bundle was made with the mirror {}, of which this machine knows nothing", each.to),
                  {"an address and a key of its own are trusted from a signed bundle alone"},
                  {"name the key it is signed with by `--key FILE`",
                   "or name the mirror in /etc/nvprov/config.json or by `--mirror`"});
    mirrors.push_back(*known);
  }
  return mirrors;
}

// The repositories as they are once the steps are done.
ConsultedRepositories after(const HostFacts& facts, const std::vector<Step>& steps) {
  ConsultedRepositories all;
  all.entries = facts.package_facts.repositories;
  for (const Step& step : steps) {
    if (const auto* added = std::get_if<AddRepository>(&step)) all.added.push_back(*added);
    if (const auto* key = std::get_if<ImportKey>(&step)) all.keys.push_back(*key);
    if (const auto* removed = std::get_if<RemoveRepository>(&step)) all.removed.push_back(*removed);
    if (const auto* enabled = std::get_if<EnableRepository>(&step)) all.enabled.push_back(*enabled);
  }
  return all;
}

}  // namespace

Result<std::string> read_key_file(const HostView& machine, const std::string& path) {
  auto text = machine.read_file(absolute_path(machine, path));
  if (!text) return fail(text.error());
  if (!*text)
    return fail(ErrorKind::usage, fmt::format("there is no key file `{}`", path), {},
                {"make a pair with `openssl genpkey -algorithm ed25519 -out key.pem`, "
                 "and its public half with `openssl pkey -in key.pem -pubout -out key.pub`"});
  return std::move(**text);
}

Result<OpenedBundle> OpenedBundle::open(Host& machine, const BundleFile& file, const std::optional<std::string>& root,
                                        bool installs) {
  std::optional<std::string> key;
  if (file.key) {
    auto text = read_key_file(machine, *file.key);
    if (!text) return fail(text.error());
    key = std::move(*text);
  }
  const auto place = place_for(machine, root, installs);
  if (!place) return fail(place.error());
  auto folder = WorkFolder::make(place->parent, "bundle", place->mode);
  if (!folder) return fail(folder.error());
  const auto is_wanted = [&](BundleRole role) {
    return role == BundleRole::metadata || role == BundleRole::certificate || role == BundleRole::key ||
           (installs && role == BundleRole::package);
  };
  auto unpacked = unpack_bundle(absolute_path(machine, file.path), key, folder->path(), is_wanted);
  if (!unpacked) return fail(unpacked.error());
  std::string inside = place->inside + folder->path().substr(place->parent.size());
  return OpenedBundle(std::move(*folder), std::move(inside), std::move(*unpacked), key.has_value());
}

Result<WebAccess> OpenedBundle::access(const NetworkSettings& settings) const {
  auto mirrors = is_vouched_for_ ? mirrors_of(bundle(), folder_.path()) : known_mirrors(bundle(), settings);
  if (!mirrors) return fail(mirrors.error());
  WebAccess web{.downloader = [this](const HostView&) { return make_bundle_downloader(web_); },
                .http_client = [this](const HostView& machine) { return make_bundle_http_client(machine, web_); },
                .cache_folder = folder_.path() + "/cache",
                .fetch = {},
                .mirrors = std::move(*mirrors)};
  web.fetch.whole = true;
  web.fetch.expired = true;
  web.fetch.only_signed = !is_vouched_for_;
  web.fetch.holds = [this](const std::string& url) { return web_.holds(url); };
  return web;
}

Status OpenedBundle::write_sources(Host& machine, const std::optional<std::string>& root, const HostFacts& facts,
                                   const std::vector<Step>& steps) const {
  const TargetFiles target(machine, root.value_or("/"));
  const ConsultedRepositories repositories = after(facts, steps);
  const std::string place = folder_.path() + bundle_sources_folder;
  const std::string inside = inside_ + bundle_sources_folder;
  for (const char* name : {"/lists/partial", "/cache/archives/partial"})
    if (const Status made = machine.make_directory(place + name, for_the_target); !made) return made;
  Unfetchable passed_over;
  const auto apt = consulted_apt(repositories, "/", target, facts, inside, passed_over);
  if (!apt) return fail(apt.error());
  const ConsultedRpm rpm = consulted_rpm(repositories, target, facts, inside, passed_over);
  const auto put = [&](const std::string& name, std::string_view content) {
    return machine.write_file(place + "/" + name, content, source_mode);
  };
  for (const PlannedKey& key : apt->sources.planned_keys)
    if (const Status written = put(key.name, key.content); !written) return written;
  for (const PlannedCopy& copy : rpm.copies)
    if (const Status written = put(copy.name, copy.content); !written) return written;
  if (const Status written = put("nvprov.sources", apt_sources_in(apt->repositories, web_, inside_)); !written)
    return written;
  return put("nvprov.repo", dnf_sources_in(machine, rpm.repositories, web_, inside_));
}

std::vector<std::string> OpenedBundle::apt_lines() const { return apt_bundle_lines(inside_); }
std::vector<std::string> OpenedBundle::dnf_options() const { return dnf_bundle_options(inside_); }

}  // namespace nvprov
