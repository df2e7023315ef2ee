#include "packages/rpm_query.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "packages/dnf.hpp"

namespace nvprov {
namespace {

// A line for the package, then one for each thing said of it, told apart by the first letter.
constexpr const char* whole_format = R"(P\t%{NAME}\t%{EPOCH}\t%{VERSION}\t%{RELEASE}\t%{ARCH}\t%{SIZE}\n)"
                                     R"([r\t%{REQUIRENAME}\t%{REQUIREFLAGS:depflags}\t%{REQUIREVERSION}\n])"
                                     R"([p\t%{PROVIDENAME}\t%{PROVIDEFLAGS:depflags}\t%{PROVIDEVERSION}\n])"
                                     R"([c\t%{CONFLICTNAME}\t%{CONFLICTFLAGS:depflags}\t%{CONFLICTVERSION}\n])"
                                     R"([o\t%{OBSOLETENAME}\t%{OBSOLETEFLAGS:depflags}\t%{OBSOLETEVERSION}\n])"
                                     R"([f\t%{FILENAMES}\n])";

bool add_package(const std::vector<std::string>& cells, std::vector<InstalledRpm>& packages) {
  if (cells.size() != 7 || cells[1].empty() || cells[3].empty()) return false;
  InstalledRpm package;
  package.name = cells[1];
  package.version = rpm_version_text(cells[2], cells[3], cells[4]);
  package.architecture = cells[5];
  package.installed_bytes = parse_number(cells[6]).value_or(0);
  packages.push_back(std::move(package));
  return true;
}

std::vector<RpmRelation>* relations_of(InstalledRpm& package, std::string_view letter) {
  if (letter == "r") return &package.needs;
  if (letter == "p") return &package.provided;
  if (letter == "c") return &package.conflicts;
  if (letter == "o") return &package.obsoletes;
  return nullptr;
}

bool add_relation(const std::vector<std::string>& cells, InstalledRpm& package) {
  std::vector<RpmRelation>* relations = relations_of(package, cells[0]);
  if (relations == nullptr || cells.size() != 4) return false;
  if (cells[1].empty() || cells[1].starts_with("rpmlib(")) return true;
  const std::string comparison(trim(cells[2]));
  const bool has_version = !comparison.empty() && !cells[3].empty();
  relations->push_back({cells[1], has_version ? comparison : "", has_version ? cells[3] : ""});
  return true;
}

bool add_line(std::string_view line, std::vector<InstalledRpm>& packages) {
  if (line.starts_with("f\t")) {
    const std::string_view path = line.substr(2);
    if (packages.empty()) return false;
    if (path.starts_with('/')) packages.back().files.emplace_back(path);
    return true;
  }
  const std::vector<std::string> cells = split(line, '\t');
  if (cells[0] == "P") return add_package(cells, packages);
  return !packages.empty() && add_relation(cells, packages.back());
}

}  // namespace

std::vector<std::string> rpm_query_argv(const std::string& database) {
  return {"rpm", "--dbpath", database, "-qa", "--qf", whole_format};
}

std::vector<InstalledRpm> parse_installed_rpms(std::string_view output, Diagnostics& problems) {
  std::vector<InstalledRpm> packages;
  int number = 0;
  for (const std::string_view line : split_lines(output)) {
    ++number;
    if (!line.empty() && !add_line(line, packages))
      problems.push_back({"rpm -qa", fmt::format("line {}", number), "not what was asked for of a package", ""});
  }
  std::erase_if(packages, [](const InstalledRpm& package) { return package.name == "gpg-pubkey"; });
  return packages;
}

}  // namespace nvprov
