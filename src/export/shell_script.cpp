#include <fmt/format.h>

#include "base/shell_quote.hpp"
#include "export/export.hpp"
#include "export/script_commands.hpp"

namespace nvprov {
namespace {

// Stops on another system before anything is changed.
std::string guards(const Plan& plan, const Distro& distro) {
  std::string text =
      "[ \"$(id -u)\" = 0 ] || { echo 'error: this changes the system and needs root' >&2; exit 2; }\n"
      "# shellcheck source=/dev/null\n"
      "system=$(. /etc/os-release && echo \"$ID $VERSION_ID $(uname -m)\")\n"
      "case $system in\n";
  const std::string version = distro.os_id + " " + distro.version_id;
  text += "  " + shell_quote(fmt::format("{} {}", version, plan.architecture)) + ") ;;\n";
  if (distro.minor_versions)
    text += fmt::format("  {}*{}) ;;\n", shell_quote(version + "."), shell_quote(" " + plan.architecture));
  text += fmt::format("  *) echo \"error: made for {}, this is $system\" >&2; exit 4 ;;\nesac\n",
                      fmt::format("{} {}", version, plan.architecture));
  return text;
}

}  // namespace

Result<std::string> export_shell(const Plan& plan, const Distro& distro) {
  if (const Status can = check_exportable(plan); !can) return fail(can.error());
  std::string text = "#!/bin/sh\n";
  for (const std::string& line : script_heading(plan)) text += "# " + line + "\n";
  text += "set -eu\n" + guards(plan, distro) + "export LC_ALL=C DEBIAN_FRONTEND=noninteractive\n\n";
  for (const std::string& command : script_commands(plan, distro)) text += command + "\n";
  if (plan.resolution.target == Target::image)
    for (const std::string& command : cleanup_commands(distro)) text += command + "\n";
  return text;
}

}  // namespace nvprov
