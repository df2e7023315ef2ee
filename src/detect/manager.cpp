#include "detect/manager.hpp"

#include "detect/look.hpp"

namespace nvprov {
namespace {

constexpr std::string_view manager_fact = "package_facts.manager";
constexpr const char* dnf_program = "/usr/bin/dnf";
constexpr const char* dnf5_program = "/usr/bin/dnf5";

bool has_apt(const HostView& host, Diagnostics& diagnostics) {
  return is_there(host, "/usr/bin/apt-get", manager_fact, diagnostics);
}

// Which generation answers to "dnf" is what its link says; dnf 5 alone is not always called so.
std::optional<std::string> find_dnf(const HostView& host, Diagnostics& diagnostics) {
  const auto link = host.read_link(dnf_program);
  if (!link) could_not(diagnostics, manager_fact, link.error().message);
  if (link && *link && (*link)->substr((*link)->rfind('/') + 1) == "dnf5") return "dnf5";
  if (is_there(host, dnf_program, manager_fact, diagnostics)) return "dnf";
  if (is_there(host, dnf5_program, manager_fact, diagnostics)) return "dnf5";
  if (is_there(host, "/usr/bin/microdnf", manager_fact, diagnostics)) return "dnf";
  return std::nullopt;
}

}  // namespace

bool is_dnf(const std::optional<std::string>& manager) { return manager == "dnf" || manager == "dnf5"; }

std::optional<std::string> detect_manager(const HostView& host, const Catalog& catalog,
                                          const std::optional<OsFacts>& os, Diagnostics& diagnostics) {
  const Distro* distro = os ? find_distro_of(catalog, os->id, os->version_id) : nullptr;
  const bool may_be_apt = distro == nullptr || distro->package_manager == "apt";
  const bool may_be_dnf = distro == nullptr || is_dnf(distro->package_manager);
  if (may_be_apt && has_apt(host, diagnostics)) return "apt";
  return may_be_dnf ? find_dnf(host, diagnostics) : std::nullopt;
}

}  // namespace nvprov
