#include "detect/os.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "detect/look.hpp"

namespace nvprov {
namespace {

constexpr const char* etc_file = "/etc/os-release";
constexpr const char* usr_file = "/usr/lib/os-release";

// A shell word: quotes taken off, backslashes resolved (os-release has no other expansion).
std::string unquote(std::string_view word) {
  std::string value;
  char quote = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    if (quote == 0 && (c == '"' || c == '\''))
      quote = c;
    else if (c == quote)
      quote = 0;
    else if (c == '\\' && quote != '\'' && i + 1 < word.size())
      value += word[++i];
    else
      value += c;
  }
  return value;
}

void take_assignment(std::string_view name, std::string value, OsFacts& os) {
  if (name == "ID")
    os.id = std::move(value);
  else if (name == "ID_LIKE")
    os.like = split_words(value);
  else if (name == "VERSION_ID")
    os.version_id = std::move(value);
  else if (name == "VERSION_CODENAME")
    os.codename = std::move(value);
  else if (name == "PRETTY_NAME")
    os.name = std::move(value);
}

bool is_of_the_machine(std::string_view path) { return path.starts_with("/proc/") || path.starts_with("/sys/"); }

bool bears(const HostView& host, const DistroMark& mark, Diagnostics& diagnostics) {
  if (!mark.contains) return is_there(host, mark.path, "os", diagnostics);
  const auto text = read_text(host, mark.path, "os", diagnostics);
  return text && contains(*text, *mark.contains);
}

// The distribution one of whose marks the host bears, or nullptr.
const Distro* marked_distro(const HostView& host, const Catalog& catalog, bool owns_machine, Diagnostics& diagnostics) {
  for (const Distro& distro : catalog.distros)
    for (const DistroMark& mark : distro.recognised_by)
      if ((owns_machine || !is_of_the_machine(mark.path)) && bears(host, mark, diagnostics)) return &distro;
  return nullptr;
}

}  // namespace

OsFacts parse_os_release(std::string_view text, Diagnostics& problems) {
  OsFacts os;
  int number = 0;
  for (const std::string_view raw : split_lines(text)) {
    ++number;
    const std::string_view line = trim(raw);
    if (line.empty() || line.starts_with('#')) continue;
    const std::size_t sign = line.find('=');
    if (sign == 0 || sign == std::string_view::npos)
      problems.push_back({etc_file, fmt::format("line {}", number), "not an assignment NAME=VALUE", ""});
    else
      take_assignment(line.substr(0, sign), unquote(line.substr(sign + 1)), os);
  }
  if (os.id.empty()) os.id = "linux";  // os-release(5)
  if (os.name.empty()) os.name = "Linux";
  return os;
}

std::optional<OsFacts> detect_os(const HostView& host, Diagnostics& diagnostics) {
  auto text = read_text(host, etc_file, "os", diagnostics);
  if (!text) text = read_text(host, usr_file, "os", diagnostics);
  if (!text) return std::nullopt;
  Diagnostics problems;
  OsFacts os = parse_os_release(*text, problems);
  take_problems(diagnostics, "os", problems);
  return os;
}

void recognise_distro(const HostView& host, const Catalog& catalog, bool owns_machine, OsFacts& os,
                      Diagnostics& diagnostics) {
  const Distro* distro = marked_distro(host, catalog, owns_machine, diagnostics);
  if (distro != nullptr) os.recognised_as = distro->id;
  if (distro == nullptr) distro = find_distro_of(catalog, os.id, os.version_id);
  if (distro != nullptr) os.not_supported = distro->not_supported;
}

}  // namespace nvprov
