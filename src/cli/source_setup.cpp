#include "cli/source_setup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/digest.hpp"
#include "base/openpgp.hpp"
#include "base/text.hpp"
#include "packages/dnf.hpp"
#include "packages/mirrors.hpp"
#include "packages/signing_key.hpp"
#include "packages/vendor_repository.hpp"

namespace nvprov {
namespace {

constexpr std::size_t largest_key_file = 1 << 20;
constexpr std::string_view apt_https_settings = "/etc/apt/apt.conf.d/52nvprov-https";

// One repository of the question, with the address it is fetched from.
struct Wanted {
  const Repository& record;
  VendorRepository repository;
  std::optional<Mirror> mirror;
};

std::string placed(const RepositoryEntry& entry) { return fmt::format("{} line {}", entry.file, entry.line); }

std::optional<Wanted> wanted(const Repository& record, const std::string& title, const SetupQuestion& question) {
  auto repository = vendor_repository(record, title, question.facts.architecture);
  if (!repository) return std::nullopt;
  auto fetched_from = mirrored(repository->url, question.network.mirrors);
  repository->url = fetched_from.url.ends_with('/') ? fetched_from.url : fetched_from.url + "/";
  return Wanted{record, std::move(*repository), std::move(fetched_from.mirror)};
}

// --- keys ---

std::vector<KeyPin> pins_of(const Wanted& item, const Catalog& catalog) {
  if (item.mirror && item.mirror->fingerprint)
    return {{.id = "the mirror's", .fingerprint = item.mirror->fingerprint, .file_sha256 = {}}};
  std::vector<KeyPin> pins;
  for (const std::string& id : item.record.keys)
    if (const SigningKey* key = find_key(catalog, id))
      pins.push_back({.id = key->id, .fingerprint = key->fingerprint, .file_sha256 = key->file_sha256});
  return pins;
}

// The keys' own texts, where the catalog carries every one of them and no mirror signs with another.
std::optional<std::string> embedded_keys(const Wanted& item, const Catalog& catalog) {
  if ((item.mirror && item.mirror->fingerprint) || item.record.keys.size() != 1) return std::nullopt;
  const SigningKey* key = find_key(catalog, item.record.keys.front());
  return key != nullptr ? key->armored : std::nullopt;
}

std::optional<std::string> ca_file_for(const Wanted& item, const NetworkSettings& network) {
  if (item.mirror && item.mirror->ca_file) return item.mirror->ca_file;
  return item.mirror || network.mirrors.empty() ? network.ca_file : std::nullopt;
}

std::string key_address(const Wanted& item, const SetupQuestion& question) {
  const std::array<Placeholder, 1> values = {{{"url", item.repository.original_url}}};
  const std::string address = expand(item.record.key_url.value_or(""), values).value_or("");
  return mirrored(address, question.network.mirrors).url;
}

struct KeyText {
  std::string text;
  std::string origin;
};

Result<KeyText> key_text(const Wanted& item, HttpClient& http, const SetupQuestion& question) {
  if (auto embedded = embedded_keys(item, question.catalog)) return KeyText{std::move(*embedded), "embedded"};
  const std::string address = key_address(item, question);
  if (question.offline) return KeyText{"", address};
  auto text = http.get({.url = address,
                        .max_bytes = largest_key_file,
                        .ca_file = ca_file_for(item, question.network),
                        .proxy = question.network.proxy});
  if (!text) {
    Error error = text.error().in(fmt::format("fetching the key of {}", item.repository.title));
    for (const PackageSource& other : question.distro.package_sources)
      if (other.repositories.empty())
        error.hints.push_back(fmt::format("or take the packages of {} with `--source {}`", other.title, other.id));
    return fail(std::move(error));
  }
  return KeyText{std::move(*text), address};
}

std::vector<std::string> pinned_fingerprints(const std::vector<KeyPin>& pins) {
  std::vector<std::string> fingerprints;
  for (const KeyPin& pin : pins)
    if (pin.fingerprint) fingerprints.push_back(*pin.fingerprint);
  return fingerprints;
}

Result<ImportKey> key_step(const Wanted& item, HttpClient& http, const SetupQuestion& question) {
  auto key = key_text(item, http, question);
  if (!key) return fail(key.error());
  const auto pins = pins_of(item, question.catalog);
  ImportKey step{.path = key_path(item.repository),
                 .content = {},
                 .fingerprints = pinned_fingerprints(pins),
                 .origin = key->origin,
                 .purpose = item.repository.title};
  if (key->text.empty()) return step;
  auto keyring = trusted_keyring(key->text, key->origin == "embedded" ? "the key nvprov carries" : key->origin, pins);
  if (!keyring) return fail(keyring.error());
  const auto keys = read_public_keys(key->text);
  if (!keys) return fail(keys.error());
  step.fingerprints.clear();
  for (const PublicKey& each : *keys) step.fingerprints.push_back(each.fingerprint);
  // apt takes keyrings, rpm armored text.
  step.content = item.repository.kind == "apt" ? std::move(*keyring) : std::move(key->text);
  return step;
}

// --- what is there ---

std::string signed_by(const RepositoryEntry& entry) {
  for (const RepositoryOption& option : entry.options)
    if (option.name == "signed-by") return option.value;
  return {};
}

// What speaks against the key an entry is trusted by; "" where nothing does, or where apt's common keyring holds it.
std::string key_objection(const RepositoryEntry& entry, const Wanted& item, const HostView& target,
                          const SetupQuestion& question) {
  const std::string value = signed_by(entry);
  const bool was_looked_at = question.facts.origin == "live" || question.facts.origin == "root";
  if (!was_looked_at || !value.starts_with('/')) return {};
  const auto text = target.read_file(value);
  if (!text) return {};
  if (!*text) return "its key file " + value + " is not there";
  const auto keys = read_public_keys(**text);
  if (!keys) return "its key file " + value + " holds no whole keys";
  const auto pinned = pinned_fingerprints(pins_of(item, question.catalog));
  for (const PublicKey& key : *keys)
    if (std::ranges::find(pinned, key.fingerprint) != pinned.end()) return {};
  return pinned.empty() ? std::string()
                        : fmt::format("its key file {} does not hold the key {}", value, join(pinned, ", "));
}

void move_aside(SourceSetup& setup, const PresentEntry& present, const HostView& target) {
  const RepositoryEntry& entry = *present.entry;
  setup.blockers.push_back({.reason = ConflictReason::repository_in_the_way,
                            .subject = placed(entry),
                            .other = present.uri,
                            .limit = present.objection,
                            .sources = {}});
  const auto text = target.read_file(entry.file);
  if (!text || !*text) return;
  // Entries of one file are taken out one after another.
  const auto earlier = std::ranges::find(setup.removals, entry.file, &RemoveRepository::path);
  const std::string before = earlier == setup.removals.end() ? **text : earlier->content;
  const std::string after = without_entry(before, entry.line, entry.format);
  if (earlier != setup.removals.end())
    earlier->content = after;
  else
    setup.removals.push_back({.path = entry.file,
                              .line = entry.line,
                              .content = after,
                              .backup = entry.file + ".nvprov-saved",
                              .reason = present.objection});
}

// Whether the host's own entries serve; what is in the way is put down.
bool is_there(SourceSetup& setup, const Wanted& item, const HostView& target, const SetupQuestion& question) {
  std::vector<PresentEntry> entries = present_entries(item.repository, question.facts.package_facts);
  const std::string own = repository_path(item.repository, question.facts.package_facts);
  std::erase_if(entries, [&](const PresentEntry& present) { return present.entry->file == own; });
  for (PresentEntry& present : entries)
    if (present.objection.empty()) present.objection = key_objection(*present.entry, item, target, question);
  const auto good = std::ranges::find_if(entries, [](const PresentEntry& each) { return each.objection.empty(); });
  for (const PresentEntry& present : entries)
    if (!present.objection.empty()) move_aside(setup, present, target);
  if (good == entries.end()) return false;
  setup.notices.push_back(
      {.kind = NoticeKind::repository_used, .subject = placed(*good->entry), .other = good->uri, .limit = {}});
  return true;
}

// --- certificates of a mirror ---

Status add_certificates(SourceSetup& setup, const Wanted& item, const HostView& machine, const SetupQuestion& question,
                        std::optional<std::string>& ca_path) {
  const auto file = ca_file_for(item, question.network);
  if (!file) return {};
  const auto text = machine.read_file(*file);
  if (!text) return fail(text.error());
  if (!*text)
    return fail(ErrorKind::usage, fmt::format("there is no file `{}` with certificates", *file), {},
                {"name it with `--ca-file`, or in the configuration"});
  const std::string host = host_of(item.repository.url);
  ca_path = fmt::format("/etc/nvprov/ca-{}.pem", host);
  const auto add = [&](WriteFile step) {
    if (std::ranges::find(setup.files, step) == setup.files.end()) setup.files.push_back(std::move(step));
  };
  add({.path = *ca_path, .content = **text, .mode = 0644, .purpose = "certificates to trust for " + host});
  if (item.repository.kind == "apt")
    add({.path = std::string(apt_https_settings),
         .content = fmt::format("// Written by nvprov.\nAcquire::https::{}::CaInfo \"{}\";\n", host, *ca_path),
         .mode = 0644,
         .purpose = "trust them for " + host});
  return {};
}

// --- one repository, and all ---

void note_key_age(SourceSetup& setup, const Wanted& item, const SetupQuestion& question) {
  if (item.mirror && item.mirror->fingerprint) return;
  for (const std::string& id : item.record.keys) {
    const SigningKey* key = find_key(question.catalog, id);
    if (key == nullptr || key->binding_digest != "SHA1") continue;
    std::string refused_from;
    for (const Distro& distro : question.catalog.distros)
      if (distro.os_id == question.distro.os_id && distro.refuses_sha1_keys_from)
        refused_from = *distro.refuses_sha1_keys_from;
    setup.notices.push_back(
        {.kind = NoticeKind::key_accepted_until, .subject = id, .other = "SHA-1", .limit = refused_from});
  }
}

Status add_repository(SourceSetup& setup, const Repository& record, const std::string& title, const HostView& target,
                      const HostView& machine, HttpClient& http, const SetupQuestion& question) {
  const auto item = wanted(record, title, question);
  if (!item || is_there(setup, *item, target, question)) return {};
  std::optional<std::string> ca_path;
  if (const Status added = add_certificates(setup, *item, machine, question, ca_path); !added) return added;
  auto key = key_step(*item, http, question);
  if (!key) return fail(key.error());
  setup.keys.push_back(std::move(*key));
  note_key_age(setup, *item, question);
  setup.repositories.push_back(vendor_repository_file(item->repository, question.facts.package_facts, ca_path));
  if (item->repository.third_party)
    setup.notices.push_back({.kind = NoticeKind::third_party_repository, .subject = title, .other = {}, .limit = {}});
  return {};
}

const RepositoryEntry* find_section(const SetupQuestion& question, const Prerequisite& prerequisite) {
  for (const std::string& id : prerequisite.enables) {
    const std::array<Placeholder, 1> values = {{{"arch", question.facts.architecture}}};
    const std::string name = expand(id, values).value_or(id);
    for (const RepositoryEntry& entry : question.facts.package_facts.repositories)
      if (entry.id == name) return &entry;
  }
  return nullptr;
}

Status switch_on(SourceSetup& setup, const RepositoryEntry& entry, const Prerequisite& prerequisite,
                 const HostView& target) {
  if (entry.enabled) return {};
  const auto text = target.read_file(entry.file);
  if (!text) return fail(text.error());
  const auto earlier = std::ranges::find(setup.enabled, entry.file, &EnableRepository::path);
  const std::string before = earlier == setup.enabled.end() ? text->value_or("") : earlier->content;
  std::string after = enable_repository(before, entry.id).value_or(before);
  if (earlier != setup.enabled.end())
    earlier->content = std::move(after);
  else
    setup.enabled.push_back(
        {.path = entry.file, .id = entry.id, .content = std::move(after), .purpose = prerequisite.title});
  return {};
}

Status add_prerequisite(SourceSetup& setup, const Prerequisite& prerequisite, const HostView& target,
                        const HostView& machine, HttpClient& http, const SetupQuestion& question) {
  if (const RepositoryEntry* entry = find_section(question, prerequisite))
    return switch_on(setup, *entry, prerequisite, target);
  if (prerequisite.repository)
    return add_repository(setup, *prerequisite.repository, prerequisite.title, target, machine, http, question);
  if (could_not_look(question.facts, "package_facts.repositories") || could_not_look(question.facts, "package_facts"))
    return {};
  setup.blockers.push_back({.reason = ConflictReason::prerequisite_missing,
                            .subject = prerequisite.title,
                            .other = question.source.title,
                            .limit = {},
                            .sources = {}});
  return {};
}

// Pins others set for this source's packages: they would decide beside ours.
void note_pins(SourceSetup& setup, const SetupQuestion& question) {
  for (const PackagePin& pin : question.facts.package_facts.pins)
    for (const std::string& origin : question.source.origins)
      if (contains(pin.pin, origin))
        setup.notices.push_back(
            {.kind = NoticeKind::repository_left,
             .subject = fmt::format("{} line {}", pin.file, pin.line),
             .other = fmt::format("it gives `{}` of `{}` the priority {}", pin.packages, pin.pin, pin.priority),
             .limit = {}});
}

// Keys their owner no longer signs with, left in apt's common keyrings.
void note_retired_keys(SourceSetup& setup, const HostView& target, const SetupQuestion& question) {
  std::vector<std::string> files = {"/etc/apt/trusted.gpg"};
  const auto names = target.list_directory("/etc/apt/trusted.gpg.d");
  if (names && *names)
    for (const std::string& name : **names) files.push_back("/etc/apt/trusted.gpg.d/" + name);
  for (const std::string& file : files) {
    const auto text = target.read_file(file);
    if (!text || !*text) continue;
    const auto keys = read_public_keys(**text);
    if (!keys) continue;
    for (const SigningKey& known : question.catalog.keys)
      if (known.retired &&
          std::ranges::any_of(*keys, [&](const PublicKey& key) { return key.fingerprint == known.fingerprint; }))
        setup.notices.push_back(
            {.kind = NoticeKind::key_retired, .subject = known.id, .other = file, .limit = *known.retired});
  }
}

}  // namespace

Result<SourceSetup> source_setup(const HostView& target, const HostView& machine, HttpClient& http,
                                 const SetupQuestion& question) {
  SourceSetup setup;
  for (const Repository& repository : question.source.repositories)
    if (const Status added = add_repository(setup, repository, question.source.title, target, machine, http, question);
        !added)
      return fail(added.error());
  for (const std::string& id : question.prerequisites) {
    const auto found = std::ranges::find(question.source.prerequisites, id, &Prerequisite::id);
    if (found == question.source.prerequisites.end()) continue;
    if (const Status added = add_prerequisite(setup, *found, target, machine, http, question); !added)
      return fail(added.error());
  }
  if (question.source.repositories.empty()) return setup;
  note_pins(setup, question);
  note_retired_keys(setup, target, question);
  return setup;
}

Result<SourceSetup> toolkit_setup(const Repository& repository, const ContainerToolkit& toolkit, const HostView& target,
                                  const HostView& machine, HttpClient& http, const SetupQuestion& question) {
  SourceSetup setup;
  if (const Status added = add_repository(setup, repository, toolkit.offer.title, target, machine, http, question);
      !added)
    return fail(added.error());
  if (const auto item = wanted(repository, toolkit.offer.title, question))
    for (const PresentEntry& entry :
         retired_entries(item->repository, toolkit.retired.repositories, question.facts.package_facts))
      move_aside(setup, entry, target);
  return setup;
}

}  // namespace nvprov
