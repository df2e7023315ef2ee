#include "metadata/rpm_repositories.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace nvprov {
namespace {

using Section = std::map<std::string, std::string>;

struct NamedSection {
  std::string id;
  Section values;
};

// dnf's own rules: an indented line goes on with the value above, `#` and `;` begin comments.
std::vector<NamedSection> read_sections(std::string_view text) {
  std::vector<NamedSection> sections;
  std::string key;
  for (std::string_view line : split_lines(text)) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (trim(line).empty() || line.starts_with('#') || line.starts_with(';')) continue;
    const bool goes_on = line.starts_with(' ') || line.starts_with('\t');
    if (goes_on && !sections.empty() && !key.empty()) {
      sections.back().values[key] += " " + std::string(trim(line));
    } else if (line.starts_with('[')) {
      sections.push_back({std::string(trim(line.substr(1, line.find(']') - 1))), {}});
      key.clear();
    } else if (const std::size_t equals = line.find('='); equals != std::string_view::npos && !sections.empty()) {
      key = lower(trim(line.substr(0, equals)));
      sections.back().values[key] = std::string(trim(line.substr(equals + 1)));
    }
  }
  return sections;
}

std::vector<std::string> list_of(const std::string& text) { return split_words(replace_all(text, ",", " ")); }

class SectionReader {
 public:
  SectionReader(const NamedSection& section, const Section& main, const RpmVariables& variables)
      : section_(section), main_(main), variables_(variables) {}

  RpmRepository read() const {
    RpmRepository repository;
    repository.id = expand_rpm_variables(section_.id, variables_);
    for (std::string base : list_of(text("baseurl"))) {
      if (!base.ends_with('/')) base += '/';
      repository.bases.push_back(std::move(base));
    }
    repository.mirrorlist = text("mirrorlist");
    repository.metalink = text("metalink");
    repository.keys = list_of(text("gpgkey"));
    repository.metadata_signed = flag("repo_gpgcheck", false);
    repository.packages_signed = flag("gpgcheck", false);
    repository.module_hotfixes = flag("module_hotfixes", false);
    repository.skip_if_unavailable = flag("skip_if_unavailable", false);
    repository.priority = number("priority", repository.priority);
    repository.cost = number("cost", repository.cost);
    for (const char* key : {"excludepkgs", "exclude"})
      for (std::string& pattern : list_of(text(key))) repository.excluded.push_back(std::move(pattern));
    repository.included = list_of(text("includepkgs"));
    repository.access = access();
    return repository;
  }

 private:
  std::optional<std::string> find(const std::string& key) const {
    if (const auto own = section_.values.find(key); own != section_.values.end()) return own->second;
    // Where packages are is of the section alone.
    if (key == "baseurl" || key == "mirrorlist" || key == "metalink" || key == "gpgkey") return std::nullopt;
    if (const auto general = main_.find(key); general != main_.end()) return general->second;
    return std::nullopt;
  }

  std::string text(const std::string& key) const { return expand_rpm_variables(find(key).value_or(""), variables_); }

  bool flag(const std::string& key, bool otherwise) const {
    const auto value = find(key);
    return value ? dnf_bool(*value).value_or(otherwise) : otherwise;
  }

  int number(const std::string& key, int otherwise) const {
    const auto value = find(key);
    const auto parsed = value ? parse_number(trim(*value)) : std::nullopt;
    return parsed && *parsed < 1000000 ? static_cast<int>(*parsed) : otherwise;
  }

  std::optional<std::string> file(const std::string& key) const {
    const std::string path = text(key);
    return path.empty() ? std::nullopt : std::optional(path);
  }

  // "_none_" and, in dnf 4, nothing after the sign stand for no proxy in spite of [main].
  DownloadAccess access() const {
    DownloadAccess access;
    access.check_certificate = flag("sslverify", true);
    access.ca_file = file("sslcacert");
    access.client_certificate = file("sslclientcert");
    access.client_key = file("sslclientkey");
    if (const auto proxy = find("proxy")) access.proxy = *proxy == "_none_" ? std::string() : with_login(text("proxy"));
    if (const auto user = find("username"); user && !user->empty())
      access.credentials = text("username") + ":" + text("password");
    return access;
  }

  std::string with_login(std::string proxy) const {
    const std::string user = text("proxy_username");
    const std::size_t scheme = proxy.find("://");
    if (user.empty() || proxy.empty()) return proxy;
    const std::size_t at = scheme == std::string::npos ? 0 : scheme + 3;
    return proxy.insert(at, user + ":" + text("proxy_password") + "@");
  }

  const NamedSection& section_;
  const Section& main_;
  const RpmVariables& variables_;
};

bool is_name_character(char c) { return is_letter(c) || is_digit(c) || c == '_'; }

// "name", "name:-otherwise" or "name:+instead", as it stands between the braces; nullopt for an unknown name.
std::optional<std::string> value_in_braces(std::string_view inside, const RpmVariables& variables) {
  const std::size_t colon = inside.find(':');
  const auto found = variables.find(std::string(inside.substr(0, colon)));
  const bool is_set = found != variables.end() && !found->second.empty();
  if (colon == std::string_view::npos) return is_set ? std::optional(found->second) : std::nullopt;
  const std::string_view operation = inside.substr(colon, 2);
  const std::string other(inside.substr(std::min(colon + 2, inside.size())));
  if (operation == ":-") return is_set ? found->second : other;
  if (operation == ":+") return is_set ? other : std::string();
  return std::nullopt;
}

std::string major_of(const std::string& release) { return release.substr(0, release.find('.')); }

// Amazon Linux pins its repositories to the release its system-release package has: "2023.6.20250107".
std::string release_of(const HostFacts& facts) {
  const std::string version = facts.os ? facts.os->version_id : std::string();
  if (facts.os && facts.os->id == "amzn")
    if (const InstalledPackage* package = find_installed(facts, "system-release"))
      return package->version.substr(0, package->version.find('-'));
  return major_of(version);
}

std::string base_architecture(const std::string& architecture) {
  constexpr std::array<std::string_view, 4> intel = {"i386", "i486", "i586", "i686"};
  return std::ranges::find(intel, architecture) != intel.end() ? "i386" : architecture;
}

}  // namespace

std::map<std::string, std::string> dnf_main_section(std::string_view config) {
  Section main;
  for (const NamedSection& section : read_sections(config))
    if (section.id == "main")
      for (const auto& [key, value] : section.values) main[key] = value;
  return main;
}

std::optional<bool> dnf_bool(std::string_view text) {
  constexpr std::array<std::string_view, 4> yes = {"1", "yes", "true", "on"};
  constexpr std::array<std::string_view, 4> no = {"0", "no", "false", "off"};
  if (std::ranges::find(yes, lower(text)) != yes.end()) return true;
  if (std::ranges::find(no, lower(text)) != no.end()) return false;
  return std::nullopt;
}

std::string expand_rpm_variables(std::string_view text, const RpmVariables& variables) {
  std::string result;
  while (!text.empty()) {
    const std::size_t dollar = text.find('$');
    result += text.substr(0, dollar);
    if (dollar == std::string_view::npos) break;
    text.remove_prefix(dollar);
    std::size_t end = 1;
    std::optional<std::string> value;
    if (text.starts_with("${") && text.find('}') != std::string_view::npos) {
      end = text.find('}') + 1;
      value = value_in_braces(text.substr(2, end - 3), variables);
    } else {
      while (end < text.size() && is_name_character(text[end])) ++end;
      if (const auto found = variables.find(std::string(text.substr(1, end - 1))); found != variables.end())
        value = found->second;
    }
    result += value ? *value : std::string(text.substr(0, end));
    text.remove_prefix(end);
  }
  return result;
}

RpmVariables rpm_variables(const HostFacts& facts, const TargetFiles& target) {
  const std::string release = release_of(facts);
  const std::size_t dot = facts.os ? facts.os->version_id.find('.') : std::string::npos;
  RpmVariables variables = {{"releasever", release},
                            {"releasever_major", major_of(release)},
                            {"releasever_minor", dot == std::string::npos ? "" : facts.os->version_id.substr(dot + 1)},
                            {"arch", facts.architecture},
                            {"basearch", base_architecture(facts.architecture)}};
  for (const char* folder : {"/etc/yum/vars", "/etc/dnf/vars"})
    for (const std::string& name : target.list(folder))
      if (const auto content = target.read(folder + ("/" + name))) {
        const std::vector<std::string_view> lines = split_lines(*content);
        variables[name] = lines.empty() ? std::string() : std::string(trim(lines.front()));
      }
  return variables;
}

std::vector<std::string> addresses_to_ask(const RpmRepository& repository) {
  if (!repository.bases.empty()) return repository.bases;
  const std::string& list = repository.metalink.empty() ? repository.mirrorlist : repository.metalink;
  return list.empty() ? std::vector<std::string>() : std::vector<std::string>{list};
}

std::vector<RpmRepository> rpm_repositories(std::string_view text, std::string_view config,
                                            const RpmVariables& variables) {
  const Section main = dnf_main_section(config);
  std::vector<RpmRepository> repositories;
  for (const NamedSection& section : read_sections(text)) {
    const auto enabled = section.values.find("enabled");
    if (section.id == "main" || (enabled != section.values.end() && dnf_bool(enabled->second) == false)) continue;
    repositories.push_back(SectionReader(section, main, variables).read());
  }
  return repositories;
}

}  // namespace nvprov
