#include "packages/vendor_repository.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "packages/apt.hpp"

namespace nvprov {
namespace {

bool is_same_address(std::string_view left, std::string_view right) {
  return without_slash(left) == without_slash(right);
}

std::string option_of(const RepositoryEntry& entry, std::string_view name) {
  const auto option = std::ranges::find(entry.options, name, &RepositoryOption::name);
  return option == entry.options.end() ? std::string() : option->value;
}

bool is_switched_on(std::string_view value) {
  const std::string word = lower(value);
  return word == "yes" || word == "true" || word == "1";
}

bool is_binary(const RepositoryEntry& entry) {
  return entry.format == "repo" || std::ranges::find(entry.types, "deb") != entry.types.end();
}

std::string objection_to(const RepositoryEntry& entry) {
  if (is_switched_on(option_of(entry, "trusted"))) return "`trusted=yes` switches every check of it off";
  if (is_switched_on(option_of(entry, "allow-insecure"))) return "`allow-insecure` switches checks of it off";
  if (entry.format == "repo" && option_of(entry, "gpgcheck") == "0" && option_of(entry, "repo_gpgcheck") != "1")
    return "neither its packages nor its metadata are checked";
  return {};
}

// apt reads no source at all while two entries of one address name different keys.
void mark_conflicts(std::vector<PresentEntry>& entries) {
  for (PresentEntry& each : entries) {
    if (each.entry->format == "repo" || !each.objection.empty()) continue;
    const auto other = std::ranges::find_if(entries, [&](const PresentEntry& that) {
      return that.entry != each.entry && option_of(*that.entry, "signed-by") != option_of(*each.entry, "signed-by");
    });
    if (other != entries.end())
      each.objection =
          fmt::format("{} line {} names the same address with another Signed-By, and apt then reads nothing",
                      other->entry->file, other->entry->line);
  }
}

bool uses_deb822(const PackageFacts& packages) {
  return std::ranges::any_of(packages.repositories,
                             [](const RepositoryEntry& entry) { return entry.format == "deb822"; });
}

std::string apt_content(const VendorRepository& repository, bool deb822) {
  RepositoryEntry entry;
  entry.format = deb822 ? "deb822" : "one-line";
  entry.types = {"deb"};
  entry.uris = {repository.url};
  entry.suites = {"/"};
  entry.options = {{"signed-by", key_path(repository)}};
  return deb822 ? render_deb822_sources({entry}) : render_one_line_sources({entry});
}

// skip_if_unavailable=0: with the distribution's default of 1 dnf goes on without a repository whose signature is bad.
std::string rpm_content(const VendorRepository& repository, const std::optional<std::string>& ca_path) {
  std::string text = fmt::format(
      "[{0}]\nname={1}\nbaseurl={2}\nenabled=1\ngpgcheck={3}\nrepo_gpgcheck={4}\ngpgkey=file://{5}\n"
      "skip_if_unavailable=0\n",
      "nvprov-" + repository.id, repository.title, repository.url, repository.packages_signed ? 1 : 0,
      repository.metadata_signed ? 1 : 0, key_path(repository));
  if (ca_path) text += fmt::format("sslcacert={}\n", *ca_path);
  return text;
}

// An address as apt and dnf read it: the container toolkit's own instructions leave the architecture to them.
std::string as_read(const std::string& uri, const PackageFacts& packages) {
  return replace_all(replace_all(uri, "$(ARCH)", packages.architecture), "$basearch", packages.architecture);
}

}  // namespace

std::optional<VendorRepository> vendor_repository(const Repository& repository, const std::string& title,
                                                  const std::string& architecture) {
  const auto address = std::ranges::find(repository.addresses, architecture, &RepositoryAddress::arch);
  if (address == repository.addresses.end()) return std::nullopt;
  const std::string url = std::string(without_slash(address->url)) + "/";
  return VendorRepository{.id = repository.id,
                          .title = title,
                          .kind = repository.kind,
                          .url = url,
                          .original_url = url,
                          .packages_signed = repository.packages_signed,
                          .metadata_signed = repository.metadata_signed,
                          .third_party = repository.third_party};
}

std::string key_path(const VendorRepository& repository) {
  return repository.kind == "apt" ? fmt::format("/etc/apt/keyrings/nvprov-{}.gpg", repository.id)
                                  : fmt::format("/etc/pki/rpm-gpg/RPM-GPG-KEY-nvprov-{}", repository.id);
}

std::string repository_path(const VendorRepository& repository, const PackageFacts& packages) {
  if (repository.kind == "rpm") return fmt::format("/etc/yum.repos.d/nvprov-{}.repo", repository.id);
  return fmt::format("/etc/apt/sources.list.d/nvprov-{}.{}", repository.id, uses_deb822(packages) ? "sources" : "list");
}

std::vector<PresentEntry> present_entries(const VendorRepository& repository, const PackageFacts& packages) {
  std::vector<PresentEntry> entries;
  for (const RepositoryEntry& entry : packages.repositories) {
    if (!entry.enabled || !is_binary(entry)) continue;
    for (const std::string& written : entry.uris) {
      const std::string uri = as_read(written, packages);
      if (!is_same_address(uri, repository.url) && !is_same_address(uri, repository.original_url)) continue;
      PresentEntry present{.entry = &entry, .uri = uri, .objection = objection_to(entry)};
      if (present.objection.empty() && !is_same_address(uri, repository.url))
        present.objection = "it names the address the mirror " + repository.url + " stands for";
      entries.push_back(std::move(present));
    }
  }
  mark_conflicts(entries);
  return entries;
}

std::vector<PresentEntry> retired_entries(const VendorRepository& repository, const std::vector<std::string>& retired,
                                          const PackageFacts& packages) {
  std::vector<PresentEntry> entries;
  for (const RepositoryEntry& entry : packages.repositories)
    for (const std::string& written : entry.uris) {
      const std::string uri = as_read(written, packages);
      const bool is_retired =
          entry.enabled && std::ranges::any_of(retired, [&](const std::string& each) { return uri.starts_with(each); });
      if (!is_retired || is_same_address(uri, repository.url) || is_same_address(uri, repository.original_url))
        continue;
      entries.push_back(
          {.entry = &entry, .uri = uri, .objection = "its packages come from " + repository.url + " now"});
    }
  return entries;
}

AddRepository vendor_repository_file(const VendorRepository& repository, const PackageFacts& packages,
                                     const std::optional<std::string>& ca_path) {
  const bool is_apt = repository.kind == "apt";
  return {.path = repository_path(repository, packages),
          .content = is_apt ? apt_content(repository, uses_deb822(packages)) : rpm_content(repository, ca_path),
          .purpose = repository.title,
          .third_party = repository.third_party};
}

std::string without_entry(const std::string& text, int line, const std::string& format) {
  std::string result;
  int number = 0;
  bool inside = false;
  for (const std::string_view each : split_lines(text)) {
    ++number;
    if (number == line) inside = true;
    // A one-line entry ends with its line, a stanza with an empty one, a section where the next begins.
    const bool ends = inside && number > line &&
                      (format == "one-line" || (format == "deb822" && trim(each).empty()) ||
                       (format == "repo" && each.starts_with('[')));
    if (ends) inside = false;
    const bool is_comment = trim(each).empty() || trim(each).starts_with('#');
    if (inside && !is_comment) result += "# ";
    result += std::string(each) + "\n";
  }
  return result;
}

bool is_taken_out(const RepositoryEntry& entry, const RemoveRepository& removal) {
  const std::vector<std::string_view> lines = split_lines(removal.content);
  const auto line = static_cast<std::size_t>(entry.line);
  return removal.path == entry.file && line >= 1 && line <= lines.size() && trim(lines[line - 1]).starts_with('#');
}

}  // namespace nvprov
