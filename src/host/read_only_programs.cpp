#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "base/text.hpp"
#include "host/posix_host.hpp"
#include "host/run_command.hpp"

namespace nvprov {
namespace {

// A program that can also change things, and the arguments of which one must be there.
struct GuardedProgram {
  std::string_view name;
  std::vector<std::string_view> harmless;
};

const std::vector<GuardedProgram>& guarded_programs() {
  static const std::vector<GuardedProgram> programs = {
      {"dpkg",
       {"--print-architecture", "--print-foreign-architectures", "--compare-versions", "--audit", "-C", "--list", "-l",
        "--listfiles", "-L", "--status", "-s", "--search", "-S", "--version"}},
      {"apt-get", {"-s", "--simulate", "--just-print", "--dry-run", "--no-act", "--print-uris", "indextargets"}},
      {"apt-config", {"dump"}},
      {"dnf", {"--assumeno"}},
      {"dnf5", {"--assumeno"}},
  };
  return programs;
}

// rpm runs macros, scripts and programs where its options let it (--eval, --define, --pipe, a `%(...)` in the path of a
// database), so no option is harmless by itself: only these two whole command lines are.
bool is_harmless_rpm(std::span<const std::string> arguments) {
  constexpr std::string_view list_format = R"(%{NAME}\t%{EPOCH}\t%{VERSION}\t%{RELEASE}\t%{ARCH}\t%{VENDOR}\n)";
  if (arguments.size() > 1 && arguments[0] == "--dbpath") {
    if (!arguments[1].starts_with('/') || contains(arguments[1], "%")) return false;
    arguments = arguments.subspan(2);
  }
  // All that packages need and provide (packages/rpm_query.cpp).
  constexpr std::string_view relations_format =
      R"(P\t%{NAME}\t%{EPOCH}\t%{VERSION}\t%{RELEASE}\t%{ARCH}\t%{SIZE}\n)"
      R"([r\t%{REQUIRENAME}\t%{REQUIREFLAGS:depflags}\t%{REQUIREVERSION}\n])"
      R"([p\t%{PROVIDENAME}\t%{PROVIDEFLAGS:depflags}\t%{PROVIDEVERSION}\n])"
      R"([c\t%{CONFLICTNAME}\t%{CONFLICTFLAGS:depflags}\t%{CONFLICTVERSION}\n])"
      R"([o\t%{OBSOLETENAME}\t%{OBSOLETEFLAGS:depflags}\t%{OBSOLETEVERSION}\n])"
      R"([f\t%{FILENAMES}\n])";
  if (arguments.size() == 2) return arguments[0] == "-qf" && arguments[1].starts_with('/');
  return arguments.size() == 3 && arguments[0] == "-qa" && arguments[1] == "--qf" &&
         (arguments[2] == list_format || arguments[2] == relations_format);
}

Error may_change(const Command& command) {
  return Error{.message = fmt::format("`{}` could change the machine; a query may not", fmt::join(command.argv, " ")),
               .because = {},
               .hints = {},
               .context = {}};
}

}  // namespace

const std::vector<std::string>& read_only_programs() {
  static const std::vector<std::string> programs = {
      "apt-cache", "apt-config",         "apt-get", "dnf", "dnf5", "dpkg", "dpkg-query", "modinfo", "rpm",
      "uname",     "systemd-detect-virt"};
  return programs;
}

Status check_read_only(const Command& command) {
  const std::string program = command.argv.empty() ? std::string{} : command.argv.front();
  if (std::ranges::find(read_only_programs(), program) == read_only_programs().end())
    return fail(fmt::format("`{}` is not on the list of programs that only read", program));
  if (program == "rpm") {
    if (is_harmless_rpm(std::span(command.argv).subspan(1))) return {};
    return fail(may_change(command));
  }
  const auto guarded = std::ranges::find(guarded_programs(), program, &GuardedProgram::name);
  if (guarded == guarded_programs().end()) return {};
  const bool harmless = std::ranges::any_of(command.argv, [&](const std::string& argument) {
    return std::ranges::find(guarded->harmless, argument) != guarded->harmless.end();
  });
  if (harmless) return {};
  return fail(may_change(command));
}

}  // namespace nvprov
