#include <fmt/format.h>

#include "check/audit.hpp"
#include "detect/rpm.hpp"
#include "packages/package_check.hpp"
#include "verify/parts.hpp"

namespace nvprov {
namespace {

std::string counted_packages(std::size_t count) {
  return count == 1 ? std::string("1 package") : fmt::format("{} packages", count);
}

// "" where dpkg is asked; nullopt where there is neither.
std::optional<std::string> database_of(const HostView& host, const HostFacts& facts) {
  if (facts.package_facts.manager == "apt") return std::string();
  Diagnostics diagnostics;
  return find_rpm_database(host, "package_facts.packages", diagnostics);
}

Finding finding_of(const AlteredFile& file) {
  return {.check = file.is_missing ? "content-missing" : "content-changed",
          .subject = file.path,
          .expected = {},
          .found = {},
          .sources = {}};
}

}  // namespace

VerifyResult verify_packages(const VerifyQuestion& question) {
  VerifyResult result = sound(VerifySubject::packages, counted_packages(question.packages.size()));
  result.findings = faults({.facts = question.facts,
                            .files = question.files,
                            .catalog = question.catalog,
                            .lock = nullptr,
                            .target = question.target});
  if (result.findings.empty() && question.packages.empty())
    return not_checked(VerifySubject::packages, NotCheckedReason::not_installed, "any package of the stack");
  return result;
}

VerifyResult verify_contents(Host& host, const VerifyQuestion& question) {
  if (question.packages.empty())
    return not_checked(VerifySubject::contents, NotCheckedReason::not_installed, "any package of the stack");
  const auto database = database_of(host, question.facts);
  if (!database) return not_checked(VerifySubject::contents, NotCheckedReason::no_answer, "no list of packages");
  const auto output = host.run({.argv = package_check_argv(question.packages, *database), .environment = {}}, {});
  if (!output) return not_checked(VerifySubject::contents, NotCheckedReason::no_answer, output.error().message);
  VerifyResult result =
      sound(VerifySubject::contents, fmt::format("every file of {}", counted_packages(question.packages.size())));
  for (const AlteredFile& file : parse_package_check(output->out)) result.findings.push_back(finding_of(file));
  // Both end with 1 where a file is not as it was: only one that names none has failed.
  if (output->out.empty() && output->exit_status != 0)
    return not_checked(VerifySubject::contents, NotCheckedReason::no_answer, first_line(output->err));
  return result;
}

}  // namespace nvprov
