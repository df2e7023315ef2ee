#include <fmt/format.h>

#include "base/text.hpp"
#include "export/export.hpp"
#include "export/script_commands.hpp"

namespace nvprov {
namespace {

constexpr std::string_view script_path = "/run/nvprov/first-boot.sh";

// A literal block of YAML: every byte as it is, lines set in.
std::string literal_block(const std::string& text, std::string_view margin) {
  std::string block = "|\n";
  for (const std::string_view line : split_lines(text))
    block += line.empty() ? "\n" : fmt::format("{}{}\n", margin, line);
  return block;
}

}  // namespace

Result<std::string> export_cloud_init(const Plan& plan, const Distro& distro) {
  if (plan.resolution.target == Target::image)
    return fail(ErrorKind::usage, "cloud-init sets up a host, and this plan is for a container image", {},
                {"`nvprov export cloud-init --target host --gpu T4`"});
  const auto script = export_shell(plan, distro);
  if (!script) return script;
  std::string text = "#cloud-config\n";
  for (const std::string& line : script_heading(plan)) text += "# " + line + "\n";
  if (plan.usable == Usable::after_reboot) text += "# The driver can be used after a reboot.\n";
  text += fmt::format("write_files:\n  - path: {}\n    permissions: '0700'\n    content: {}", script_path,
                      literal_block(*script, "      "));
  return text + fmt::format("runcmd:\n  - [sh, {}]\n", script_path);
}

}  // namespace nvprov
