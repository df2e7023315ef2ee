#include "detect/rpm.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "detect/look.hpp"
#include "packages/dnf.hpp"

namespace nvprov {
namespace {

constexpr std::string_view rpm_packages_fact = "package_facts.packages";
constexpr std::string_view held_fact = "package_facts.held";
constexpr const char* list_format = R"(%{NAME}\t%{EPOCH}\t%{VERSION}\t%{RELEASE}\t%{ARCH}\t%{VENDOR}\n)";
constexpr std::size_t field_count = 6;
constexpr std::string_view rpm_none = "(none)";
constexpr std::string_view any_architecture = "noarch";

InstalledPackage package_of(const std::vector<std::string>& fields) {
  return {.name = fields[0],
          .version = rpm_version_text(fields[1], fields[2], fields[3]),
          .architecture = fields[4],
          .state = "installed",
          .automatic = false,
          .held = false,
          .origin = fields[5] == rpm_none ? std::nullopt : std::optional(fields[5]),
          .site = {}};
}

bool comes_before(const InstalledPackage& left, const InstalledPackage& right) {
  if (left.name != right.name) return left.name < right.name;
  if (left.architecture != right.architecture) return left.architecture < right.architecture;
  return compare_rpm_versions(left.version, right.version) < 0;
}

// rpm's own package is of the native architecture; on a disk whose rpm came another way, what most packages are.
std::string native_architecture(const std::vector<InstalledPackage>& packages) {
  for (const char* name : {"rpm", "glibc", "filesystem"}) {
    const auto package = std::ranges::find(packages, name, &InstalledPackage::name);
    if (package != packages.end() && package->architecture != any_architecture) return package->architecture;
  }
  std::map<std::string, int> counts;
  for (const InstalledPackage& package : packages)
    if (package.architecture != any_architecture) ++counts[package.architecture];
  const auto most = std::ranges::max_element(counts, {}, [](const auto& count) { return count.second; });
  return most == counts.end() ? std::string{} : most->first;
}

void mark_held(const HostView& host, const std::optional<std::string>& manager, std::vector<InstalledPackage>& packages,
               Diagnostics& diagnostics) {
  const DnfGeneration generation = manager == "dnf5" ? DnfGeneration::dnf5 : DnfGeneration::dnf4;
  const auto locks = read_text(host, versionlock_path(generation), held_fact, diagnostics);
  if (!locks || locks->empty()) return;
  // Our own lines follow the driver; only others' hold it against a plan.
  const std::string others = without_our_versionlock(*locks);
  for (InstalledPackage& package : packages) package.held = is_version_locked(others, generation, package);
}

std::string why_not(const Result<CommandOutput>& answer) {
  if (!answer) return fmt::format("rpm could not be asked: {}", answer.error().message);
  const std::string_view said = trim(answer->err.empty() ? answer->out : answer->err);
  return fmt::format("rpm ended with status {}: {}", answer->exit_status, said.substr(0, said.find('\n')));
}

// rpm's word for it in the C locale; for a file that is not there it says something else.
bool says_unowned(const CommandOutput& answer) {
  return contains(answer.out, "is not owned by any package") || contains(answer.err, "is not owned by any package");
}

}  // namespace

std::vector<InstalledPackage> parse_rpm_packages(std::string_view output, Diagnostics& problems) {
  std::vector<InstalledPackage> packages;
  int number = 0;
  for (const std::string_view line : split_lines(output)) {
    ++number;
    const std::vector<std::string> fields = split(line, '\t');
    if (fields.size() != field_count || fields[0].empty() || fields[2].empty())
      problems.push_back({"rpm -qa", fmt::format("line {}", number), "not a package in the format asked for", ""});
    else if (fields[0] != "gpg-pubkey")
      packages.push_back(package_of(fields));
  }
  std::ranges::sort(packages, comes_before);
  return packages;
}

std::optional<std::string> find_rpm_database(const HostView& host, std::string_view fact, Diagnostics& diagnostics) {
  for (const char* folder : {"/var/lib/rpm", "/usr/lib/sysimage/rpm"})
    for (const std::string& name : list_names(host, folder, fact, diagnostics))
      if (name == "rpmdb.sqlite" || name == "Packages" || name == "Packages.db") return folder;
  return std::nullopt;
}

void detect_rpm_packages(const HostView& host, PackageFacts& packages, Diagnostics& diagnostics) {
  const auto database = find_rpm_database(host, rpm_packages_fact, diagnostics);
  if (!database) return could_not(diagnostics, rpm_packages_fact, "rpm's database is not there");
  const auto answer =
      host.query({.argv = {"rpm", "--dbpath", *database, "-qa", "--qf", list_format}, .environment = {}});
  if (!answer || answer->exit_status != 0) return could_not(diagnostics, rpm_packages_fact, why_not(answer));
  Diagnostics problems;
  packages.packages = parse_rpm_packages(answer->out, problems);
  take_problems(diagnostics, rpm_packages_fact, problems);
  if (packages.packages.empty())
    return could_not(diagnostics, rpm_packages_fact,
                     fmt::format("rpm finds no package in {}, though its database is there", *database));
  packages.architecture = native_architecture(packages.packages);
  mark_held(host, packages.manager, packages.packages, diagnostics);
}

std::vector<std::string> unowned_by_rpm(const HostView& host, const std::string& database,
                                        const std::vector<std::string>& files, std::string_view fact,
                                        Diagnostics& diagnostics) {
  std::vector<std::string> unowned;
  for (const std::string& file : files) {
    const auto answer = host.query({.argv = {"rpm", "--dbpath", database, "-qf", file}, .environment = {}});
    if (answer && says_unowned(*answer))
      unowned.push_back(file);
    else if (!answer || answer->exit_status != 0)
      could_not(diagnostics, fact, fmt::format("whether a package owns {} is not known: {}", file, why_not(answer)));
  }
  return unowned;
}

}  // namespace nvprov
