#include "detect/services.hpp"

#include <algorithm>

#include "detect/look.hpp"
#include "packages/systemd.hpp"

namespace nvprov {
namespace {

constexpr std::string_view services_fact = "services";

// Linked to nothing by the administrator: it never starts.
bool is_masked(const HostView& host, const std::string& unit) {
  const auto link = host.read_link("/etc/systemd/system/" + unit);
  return link && *link && **link == "/dev/null";
}

std::optional<std::string> unit_text(const HostView& host, const std::string& unit, Diagnostics& diagnostics) {
  for (const std::string& folder : unit_folders())
    if (auto text = read_text(host, folder + "/" + unit, services_fact, diagnostics)) return text;
  return std::nullopt;
}

bool is_link_there(const HostView& host, const std::string& path) {
  const auto info = host.link_info(path);
  return info && *info;
}

// Without systemctl nothing here reads units.
bool has_systemctl(const HostView& host, Diagnostics& diagnostics) {
  return first_there(host, {"/usr/bin/systemctl", "/bin/systemctl"}, services_fact, diagnostics).has_value();
}

std::string start_of(const HostView& host, const std::string& unit, const std::string& text, Diagnostics& diagnostics) {
  const std::vector<std::string> links = enabling_links(unit, text);
  if (links.empty()) return "static";
  if (std::ranges::all_of(links, [&](const std::string& link) { return is_link_there(host, link); })) return "enabled";
  return has_systemctl(host, diagnostics) ? "disabled" : "unmanaged";
}

}  // namespace

std::vector<ServiceState> detect_services(const HostView& host, const std::set<std::string>& units,
                                          Diagnostics& diagnostics) {
  std::vector<ServiceState> found;
  for (const std::string& unit : units) {
    if (is_masked(host, unit))
      found.push_back({.unit = unit, .start = "masked"});
    else if (const auto text = unit_text(host, unit, diagnostics))
      found.push_back({.unit = unit, .start = start_of(host, unit, *text, diagnostics)});
  }
  return found;
}

}  // namespace nvprov
