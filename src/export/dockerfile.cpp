#include <fmt/format.h>

#include "base/dockerfile_quote.hpp"
#include "base/text.hpp"
#include "export/export.hpp"
#include "export/script_commands.hpp"

namespace nvprov {
namespace {

// Lines of a command but the first are set in, so that they are seen to go on.
std::string set_in(const std::string& command) { return replace_all(command, "\n", "\n    "); }

}  // namespace

Result<std::string> export_dockerfile(const Plan& plan, const Distro& distro) {
  if (plan.resolution.target != Target::image)
    return fail(ErrorKind::usage, "a Dockerfile makes an image, and this plan is for a host", {},
                {"`nvprov export dockerfile --target image --cuda 12.4`"});
  if (const Status can = check_exportable(plan); !can) return fail(can.error());
  std::string text;
  for (const std::string& line : script_heading(plan)) text += "# " + line + "\n";
  for (const EnvironmentVariable& variable : plan.environment)
    text += fmt::format("ENV {}={}\n", variable.name, dockerfile_quote(variable.value));
  text += "RUN set -eu; export LC_ALL=C DEBIAN_FRONTEND=noninteractive";
  std::vector<std::string> commands = script_commands(plan, distro);
  for (const std::string& command : cleanup_commands(distro)) commands.push_back(command);
  for (const std::string& command : commands) text += "; \\\n    " + set_in(command);
  return text + "\n";
}

}  // namespace nvprov
