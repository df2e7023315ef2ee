#include "bundle/bundle_sources.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "bundle/mirror_path.hpp"
#include "metadata/repomd.hpp"
#include "packages/apt.hpp"

namespace nvprov {
namespace {

std::string folder_of_base(const std::string& base, const std::string& folder) {
  return fmt::format("{}/{}/", folder, mirror_path(base).value_or(""));
}

// --- apt ---

std::optional<std::string> held_base(const AptRepository& repository, const BundleWeb& web) {
  for (const std::string& base : repository.bases)
    for (const char* name : {"InRelease", "Release"})
      if (web.holds(release_url(repository, base, name))) return base;
  return std::nullopt;
}

std::vector<RepositoryOption> apt_options(const AptRepository& repository, const WantedIndexes& wanted) {
  // By their own names, and however old: what was signed then was good when the bundle was made.
  std::vector<RepositoryOption> options = {{"by-hash", "no"}, {"check-valid-until", "no"}};
  if (!wanted.architectures.empty()) options.push_back({"architectures", join(wanted.architectures, " ")});
  if (!repository.signed_by.empty()) options.push_back({"signed-by", repository.signed_by});
  if (repository.trusted) options.push_back({"trusted", "yes"});
  if (repository.allow_insecure) options.push_back({"allow-insecure", "yes"});
  if (repository.check_date == false) options.push_back({"check-date", "no"});
  return options;
}

// --- dnf ---

std::vector<std::string> listed_bases(const HostView& machine, const RpmRepository& repository, const BundleWeb& web) {
  const auto file = web.file_of(repository.metalink.empty() ? repository.mirrorlist : repository.metalink);
  const auto text = file ? machine.read_file(*file) : Result<std::optional<std::string>>(std::nullopt);
  if (!text || !*text) return {};
  const auto metalink = parse_metalink(**text);
  return metalink ? metalink->bases : parse_rpm_mirror_list(**text);
}

// Of a list of mirrors the one that was taken is in the bundle, and no other.
std::optional<std::string> held_base(const HostView& machine, const RpmRepository& repository, const BundleWeb& web) {
  const std::vector<std::string> bases =
      repository.bases.empty() ? listed_bases(machine, repository, web) : repository.bases;
  for (const std::string& base : bases)
    if (web.holds(base + "repodata/repomd.xml")) return base;
  return std::nullopt;
}

// A key that was fetched from its address is in the bundle.
std::string key_in(const std::string& key, const BundleWeb& web, const std::string& folder) {
  if (!web.holds(key)) return key;
  return fmt::format("file://{}/{}", folder, mirror_path(key).value_or(""));
}

std::string dnf_section(const RpmRepository& repository, const std::string& base, const BundleWeb& web,
                        const std::string& folder) {
  const auto flag = [](bool value) { return value ? 1 : 0; };
  std::vector<std::string> keys;
  for (const std::string& key : repository.keys) keys.push_back(key_in(key, web, folder));
  std::string text = fmt::format("[{0}]\nname={0}\nbaseurl=file://{1}\nenabled=1\nskip_if_unavailable=0\n",
                                 repository.id, folder_of_base(base, folder));
  text += fmt::format("gpgcheck={}\nrepo_gpgcheck={}\n", flag(repository.packages_signed),
                      flag(repository.metadata_signed));
  if (!keys.empty()) text += fmt::format("gpgkey={}\n", join(keys, " "));
  text += fmt::format("module_hotfixes={}\npriority={}\ncost={}\n", flag(repository.module_hotfixes),
                      repository.priority, repository.cost);
  if (!repository.excluded.empty()) text += fmt::format("excludepkgs={}\n", join(repository.excluded, " "));
  if (!repository.included.empty()) text += fmt::format("includepkgs={}\n", join(repository.included, " "));
  return text + "\n";
}

}  // namespace

std::string apt_sources_in(const std::vector<AptRepository>& repositories, const BundleWeb& web,
                           const std::string& folder) {
  std::vector<RepositoryEntry> entries;
  for (const AptRepository& repository : repositories) {
    const auto base = held_base(repository, web);
    if (!base) continue;
    for (const WantedIndexes& wanted : repository.wanted) {
      RepositoryEntry entry;
      entry.enabled = true;
      entry.format = "deb822";
      entry.types = {"deb"};
      entry.uris = {"file:" + folder_of_base(*base, folder)};
      entry.suites = {repository.suite};
      if (!wanted.component.empty()) entry.components = {wanted.component};
      entry.options = apt_options(repository, wanted);
      entries.push_back(std::move(entry));
    }
  }
  return render_deb822_sources(entries);
}

std::string dnf_sources_in(const HostView& machine, const std::vector<RpmRepository>& repositories,
                           const BundleWeb& web, const std::string& folder) {
  std::string text = "# Written by nvprov for one run.\n";
  for (const RpmRepository& repository : repositories)
    if (const auto base = held_base(machine, repository, web)) text += dnf_section(repository, *base, web, folder);
  return text;
}

std::vector<std::string> apt_bundle_lines(const std::string& folder) {
  const std::string place = folder + bundle_sources_folder;
  return {"Dir::Etc::sourcelist \"/dev/null\";",
          fmt::format("Dir::Etc::sourceparts \"{}/\";", place),
          fmt::format("Dir::State::lists \"{}/lists/\";", place),
          fmt::format("Dir::Cache \"{}/cache/\";", place),
          "Acquire::Languages \"none\";",
          "Acquire::Check-Valid-Until \"false\";"};
}

std::vector<std::string> dnf_bundle_options(const std::string& folder) {
  const std::string place = folder + bundle_sources_folder;
  return {fmt::format("--setopt=reposdir={}", place), fmt::format("--setopt=cachedir={}/cache", place),
          // The bundle has no part of a list or package in place of the whole.
          "--setopt=zchunk=0", "--setopt=deltarpm=0"};
}

}  // namespace nvprov
