#include "metadata/consulted_entries.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "metadata/fetch_tools.hpp"
#include "metadata/fetched.hpp"

namespace nvprov {
namespace {

// As dpkg names it.
std::string deb_architecture(const HostFacts& facts) {
  if (!facts.package_facts.architecture.empty()) return facts.package_facts.architecture;
  if (facts.architecture == "x86_64") return "amd64";
  if (facts.architecture == "aarch64") return "arm64";
  return facts.architecture;
}

// What apt reads of it all.
ConsultedRepositories apt_part(ConsultedRepositories repositories) {
  std::erase_if(repositories.entries, [](const RepositoryEntry& entry) { return entry.format == "repo"; });
  std::erase_if(repositories.added, [](const AddRepository& file) { return file.path.ends_with(".repo"); });
  return repositories;
}

std::vector<std::string> sections_of(const TargetFiles& target, const std::vector<RepositoryEntry>& entries) {
  std::vector<std::string> sections;
  for (const RepositoryEntry& entry : entries)
    sections.push_back(section_at(target.read(entry.file).value_or(""), entry.line));
  return sections;
}

// dnf_sources() takes the files added as they are, and those of apt's kind are none of dnf's.
ConsultedRepositories dnf_part(ConsultedRepositories repositories) {
  std::erase_if(repositories.added, [](const AddRepository& file) { return !file.path.ends_with(".repo"); });
  return repositories;
}

// Where the entry of this id stands.
void tell_place(RpmRepository& repository, const ConsultedRepositories& repositories) {
  for (const RepositoryEntry& entry : repositories.entries) {
    if (entry.format != "repo" || entry.id != repository.id) continue;
    repository.file = entry.file;
    repository.line = entry.line;
  }
  for (const AddRepository& file : repositories.added)
    if (contains(file.content, "[" + repository.id + "]")) repository.file = file.path;
}

// What is asked for that only another machine, or another program, can give.
std::optional<std::string> why_not(const RpmRepository& repository, const TargetFiles& target,
                                   const std::vector<PlannedCopy>& copies) {
  const auto is_planned = [&](const std::string& key) {
    return std::ranges::any_of(copies, [&](const PlannedCopy& copy) { return key.ends_with("/" + copy.name); });
  };
  const auto is_at_hand = [&](const std::string& key) {
    if (key.starts_with("https://") || is_planned(key)) return true;
    return files_with_keys(target).read(key.starts_with("file://") ? key.substr(7) : key).has_value();
  };
  for (const std::string& key : repository.keys)
    if (repository.metadata_signed && !target.is_here() && !is_at_hand(key))
      return fmt::format("its key {} is a file of a machine that is not here, and this one has none of that name", key);
  if (repository.access.credentials && contains(*repository.access.credentials, ":***"))
    return "its password is not among the facts";
  for (const std::string& address : addresses_to_ask(repository)) {
    const std::string scheme = lower(address.substr(0, address.find(':')));
    if (scheme == "file" && !target.is_here())
      return fmt::format("it is a {} of a machine that is not here", repository.bases.empty() ? "file" : "folder");
    if (scheme != "https" && scheme != "http" && scheme != "file")
      return fmt::format("nvprov does not speak {}", scheme);
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string> deb_architectures(const TargetFiles& target, const HostFacts& facts) {
  std::vector<std::string> names = {deb_architecture(facts)};
  const std::string foreign = target.read("/var/lib/dpkg/arch").value_or("");
  for (const std::string_view line : split_lines(foreign))
    if (const std::string name(trim(line)); !name.empty() && std::ranges::find(names, name) == names.end())
      names.push_back(name);
  return names;
}

Result<ConsultedApt> consulted_apt(const ConsultedRepositories& repositories, const std::string& source_root,
                                   const TargetFiles& target, const HostFacts& facts, const std::string& key_folder,
                                   Unfetchable& unfetchable) {
  auto sources = private_sources(apt_part(repositories), source_root, key_folder);
  if (!sources) return fail(sources.error());
  auto found = apt_repositories(sources->entries, deb_architectures(target, facts), target, unfetchable);
  if (!found) return fail(found.error());
  return ConsultedApt{.repositories = std::move(*found), .sources = std::move(*sources)};
}

ConsultedRpm consulted_rpm(const ConsultedRepositories& repositories, const TargetFiles& target, const HostFacts& facts,
                           const std::string& copies_folder, Unfetchable& unfetchable) {
  const ConsultedRepositories own = dnf_part(repositories);
  DnfSources sources = dnf_sources(own, sections_of(target, own.entries), copies_folder);
  ConsultedRpm part{
      .repositories = rpm_repositories(sources.repositories, target.read("/etc/dnf/dnf.conf").value_or(""),
                                       rpm_variables(facts, target)),
      .copies = std::move(sources.copies)};
  for (RpmRepository& repository : part.repositories) {
    tell_place(repository, own);
    const std::vector<std::string> addresses = addresses_to_ask(repository);
    if (const auto why = why_not(repository, target, part.copies))
      unfetchable.push_back({repository.file, repository.line,
                             addresses.empty() ? std::string() : mask_credentials(addresses.front()), *why});
  }
  return part;
}

}  // namespace nvprov
