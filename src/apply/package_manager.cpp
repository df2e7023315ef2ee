#include "apply/package_manager.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <span>
#include <thread>

#include "base/append_new.hpp"
#include "base/text.hpp"
#include "packages/apt.hpp"
#include "packages/dnf.hpp"

namespace nvprov {
namespace {

constexpr std::size_t lines_of_log_shown = 15;

// What dpkg prints when it begins to change a package; apt's status lines say it too, but only if they reach us.
constexpr std::array<std::string_view, 5> signs_of_dpkg = {"Selecting previously", "Preparing to unpack", "Unpacking ",
                                                           "Setting up ", "Removing "};
// The same of dnf 4, which then changes packages through rpm, and of dnf 5.
constexpr std::array<std::string_view, 2> signs_of_rpm = {"Running transaction", "Preparing transaction"};
// Only tries, before the first package.
constexpr std::array<std::string_view, 2> rehearsals_of_rpm = {"Running transaction check", "Running transaction test"};

bool starts_with_any(std::string_view line, std::span<const std::string_view> signs) {
  return std::ranges::any_of(signs, [&](std::string_view sign) { return line.starts_with(sign); });
}

bool is_sign_of_change(std::string_view line, bool is_dnf) {
  if (!is_dnf) return starts_with_any(line, signs_of_dpkg);
  return starts_with_any(line, signs_of_rpm) && !starts_with_any(line, rehearsals_of_rpm);
}

// "  Installing  : nvidia-driver-libs-3:580.126.09-1.el9.x86_64   3/12"
void take_rpm_progress(std::string_view line, const ApplyEvents& events) {
  const std::vector<std::string> words = split_words(line);
  if (!events.progress || words.size() < 4 || words[1] != ":") return;
  // What comes before and after the changes counts anew.
  if (words.front() == "Preparing" || words.front() == "Verifying") return;
  const std::vector<std::string> count = split(words.back(), '/');
  const auto done = parse_number(count.front());
  const auto all = parse_number(count.back());
  if (count.size() == 2 && done && all && *all > 0)
    events.progress("install", 100.0 * static_cast<double>(*done) / static_cast<double>(*all),
                    words.front() + " " + words[words.size() - 2]);
}

void take_status(std::string_view line, LoggedOutput& output, const ApplyEvents& events) {
  const auto progress = parse_status_line(line);
  if (!progress) return;
  if (!progress->downloading) output.touched_packages = true;
  if (events.progress)
    events.progress(progress->downloading ? "download" : "install", progress->percent, progress->message);
}

void take_line(std::string_view line, LoggedOutput& output, const PackageManagerRun& run) {
  const bool is_dnf = dnf_generation(run.options.manager).has_value();
  if (is_sign_of_change(line, is_dnf)) output.touched_packages = true;
  if (is_dnf) take_rpm_progress(line, run.events);
  output.text += line;
  if (!line.ends_with('\n')) output.text += '\n';
}

std::vector<EnvironmentVariable> environment(const ApplyOptions& options) {
  std::vector<EnvironmentVariable> variables;
  if (!dnf_generation(options.manager) || !options.proxy) return variables;
  // Not an argument, which everybody could see: it may hold a password.
  for (const char* name : {"http_proxy", "https_proxy"}) variables.push_back({name, *options.proxy});
  return variables;
}

}  // namespace

void pause_a_second(const ApplyOptions& options) {
  if (options.pause) return options.pause();
  std::this_thread::sleep_for(std::chrono::seconds(1));
}

Result<LoggedOutput> run_dnf_when_free(Host& host, const std::vector<std::string>& argv, const PackageManagerRun& run) {
  std::string told;
  for (int waited = 0;; ++waited) {
    if (run.options.interrupted && run.options.interrupted()) return fail("interrupted");
    auto output = run_logged(host, argv, run);
    if (!output || output->exit_status == 0 || output->touched_packages) return output;
    const DnfProblem problem = classify_dnf_failure(output->text);
    if (problem.failure != DnfFailure::locked) return output;
    if (waited >= run.options.lock_timeout)
      return fail(ErrorKind::failed,
                  fmt::format("another process holds the package manager's lock, after waiting {} seconds", waited),
                  {problem.detail}, {"let it end, or wait longer with `--lock-timeout SECONDS`"});
    if (problem.detail != told && run.events.waiting_for_lock) run.events.waiting_for_lock(problem.detail);
    told = problem.detail;
    pause_a_second(run.options);
  }
}

std::vector<std::string> for_this_run(std::vector<std::string> argv, const ApplyOptions& options) {
  const bool is_apt = argv.front() == "apt-get";
  if (is_apt && !options.apt_config.empty()) argv.insert(argv.begin() + 1, {"-c", options.apt_config});
  if (dnf_generation(argv.front()) && !options.scratch.empty()) {
    const std::vector<std::string> more = dnf_scratch_options(options.scratch);
    argv.insert(argv.begin() + 1, more.begin(), more.end());
  }
  if (dnf_generation(argv.front()))
    argv.insert(argv.begin() + 1, options.dnf_options.begin(), options.dnf_options.end());
  return argv;
}

Result<LoggedOutput> run_logged(Host& host, const std::vector<std::string>& argv, const PackageManagerRun& run) {
  LoggedOutput output;
  const RunOptions options{
      .log_path = run.log,
      .on_output = [&](std::string_view line) { take_line(line, output, run); },
      .on_status = [&](std::string_view line) { take_status(line, output, run.events); },
  };
  const auto ended =
      host.run(Command{.argv = for_this_run(argv, run.options), .environment = environment(run.options)}, options);
  if (!ended) return fail(ended.error());
  output.exit_status = ended->exit_status;
  return output;
}

std::vector<std::string> build_logs_in(std::string_view text) {
  std::vector<std::string> paths;
  for (const std::string_view line : split_lines(text))
    for (const std::string& word : split_words(line))
      if (word.starts_with("/var/lib/dkms/") && word.ends_with("/make.log")) append_new(paths, {word});
  return paths;
}

Error failed_program(std::string message, const LoggedOutput& output, const PackageManagerRun& run) {
  Error error{.kind = ErrorKind::failed,
              .message = std::move(message),
              .because = last_lines(output.text, lines_of_log_shown),
              .hints = {fmt::format("read the whole output in `{}`", run.log)},
              .context = {}};
  for (const std::string& path : build_logs_in(output.text))
    error.hints.push_back(fmt::format("read why the module was not built in `{}`", path));
  return error;
}

std::vector<std::string> last_lines(std::string_view text, std::size_t count) {
  std::vector<std::string> lines;
  for (const std::string_view line : split_lines(text))
    if (!trim(line).empty()) lines.emplace_back(line);
  if (lines.size() > count) lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(count));
  return lines;
}

}  // namespace nvprov
