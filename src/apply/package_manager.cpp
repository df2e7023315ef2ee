#include "apply/package_manager.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "packages/apt.hpp"

namespace nvprov {
namespace {

constexpr std::size_t lines_of_log_shown = 15;

// What dpkg prints when it begins to change a package; apt's status lines say it too, but only if they reach us.
constexpr std::array<std::string_view, 5> signs_of_dpkg = {"Selecting previously", "Preparing to unpack", "Unpacking ",
                                                           "Setting up ", "Removing "};

bool is_sign_of_dpkg(std::string_view line) {
  return std::ranges::any_of(signs_of_dpkg, [&](std::string_view sign) { return line.starts_with(sign); });
}

void take_status(std::string_view line, LoggedOutput& output, const ApplyEvents& events) {
  const auto progress = parse_status_line(line);
  if (!progress) return;
  if (!progress->downloading) output.touched_packages = true;
  if (events.progress)
    events.progress(progress->downloading ? "download" : "install", progress->percent, progress->message);
}

void take_line(std::string_view line, LoggedOutput& output) {
  if (is_sign_of_dpkg(line)) output.touched_packages = true;
  output.text += line;
  if (!line.ends_with('\n')) output.text += '\n';
}

std::vector<std::string> with_config(std::vector<std::string> argv, const std::string& config) {
  if (!config.empty() && argv.front() == "apt-get") argv.insert(argv.begin() + 1, {"-c", config});
  return argv;
}

}  // namespace

Result<LoggedOutput> run_logged(Host& host, const std::vector<std::string>& argv, const PackageManagerRun& run) {
  LoggedOutput output;
  const RunOptions options{
      .log_path = run.log,
      .on_output = [&](std::string_view line) { take_line(line, output); },
      .on_status = [&](std::string_view line) { take_status(line, output, run.events); },
  };
  const auto ended = host.run(Command{.argv = with_config(argv, run.options.apt_config), .environment = {}}, options);
  if (!ended) return fail(ended.error());
  output.exit_status = ended->exit_status;
  return output;
}

Error failed_program(std::string message, const LoggedOutput& output, const PackageManagerRun& run) {
  return Error{.kind = ErrorKind::failed,
               .message = std::move(message),
               .because = last_lines(output.text, lines_of_log_shown),
               .hints = {fmt::format("read the whole output in `{}`", run.log)},
               .context = {}};
}

std::vector<std::string> last_lines(std::string_view text, std::size_t count) {
  std::vector<std::string> lines;
  for (const std::string_view line : split_lines(text))
    if (!trim(line).empty()) lines.emplace_back(line);
  if (lines.size() > count) lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(count));
  return lines;
}

}  // namespace nvprov
