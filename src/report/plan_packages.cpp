#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

#include "base/text.hpp"
#include "report/plan_sections.hpp"

namespace nvprov {
namespace {

using Packages = std::vector<PackageChange>;

template <class PicksChange>
Packages pick(const Plan& plan, PicksChange picks) {
  Packages picked;
  std::ranges::copy_if(plan.closure.packages, std::back_inserter(picked), picks);
  return picked;
}

Packages with_action(const Plan& plan, PackageAction action) {
  return pick(plan, [&](const PackageChange& package) { return package.action == action; });
}

// What a reader looks for first; the rest is drawn in by these.
bool is_named(const PackageChange& package) { return package.requested || package.driver_versioned; }

std::string size_words(const PackageChange& package) {
  return package.download_bytes ? format_bytes(*package.download_bytes) : "unknown";
}

std::string marked_name(const PackageChange& package) {
  return (package.driver_versioned ? "* " : "  ") + package.name;
}

std::string new_version(const PackageChange& package) { return package.version.value_or("unknown"); }

std::string old_and_new(const PackageChange& package) {
  return fmt::format("{} -> {}", package.old_version.value_or("unknown"), new_version(package));
}

std::string remark(const PackageChange& package) {
  const std::string license = package.license.value_or("");
  return package.held ? license + (license.empty() ? "held" : ", held") : license;
}

// Where no version is known, the title has said so, and columns of nothing but "unknown" are noise.
void drop_unknown_columns(std::vector<std::vector<std::string>>& rows) {
  const auto is_unknown = [&](std::size_t column) {
    return std::all_of(rows.begin() + 1, rows.end(), [&](const auto& row) { return row[column] == "unknown"; });
  };
  if (!is_unknown(1)) return;
  for (std::size_t column = rows.front().size(); column-- > 1;) {
    if (!is_unknown(column)) continue;
    for (auto& row : rows) row.erase(row.begin() + static_cast<std::ptrdiff_t>(column));
  }
}

std::string full_table(const Packages& packages, const std::function<std::string(const PackageChange&)>& version) {
  std::vector<std::vector<std::string>> rows = {{"  package", "version", "origin", "download", "licence"}};
  for (const PackageChange& package : packages) {
    rows.push_back({marked_name(package), version(package), package.origin.value_or("unknown"), size_words(package),
                    remark(package)});
  }
  drop_unknown_columns(rows);
  return rows.front().size() == 5 ? table(rows, "  ", {3}) : table(rows, "  ");
}

std::string titled_table(std::string_view title, const Packages& packages,
                         const std::function<std::string(const PackageChange&)>& version) {
  return packages.empty() ? "" : fmt::format("  {}:\n", title) + full_table(packages, version);
}

std::string removed_table(const Packages& packages) {
  if (packages.empty()) return "";
  std::vector<std::vector<std::string>> rows;
  for (const PackageChange& package : packages) {
    rows.push_back({marked_name(package), package.old_version.value_or("unknown"), package.held ? "held" : ""});
  }
  return "  Removed:\n" + table(rows, "  ");
}

std::string compact(const PackageChange& package) {
  const std::string name = package.version ? package.name + " " + *package.version : package.name;
  return package.download_bytes ? fmt::format("{} ({})", name, format_bytes(*package.download_bytes)) : name;
}

// Several to a line, gathered by origin: all of name, version, origin and size, in a quarter of the lines.
std::string compact_list(const Packages& packages, const TextOptions& options) {
  std::map<std::string, std::vector<std::string>> by_origin;
  for (const PackageChange& package : packages) {
    by_origin[package.origin.value_or("unknown origin")].push_back(compact(package));
  }
  std::string text;
  for (const auto& [origin, items] : by_origin) {
    text += fmt::format("    from {}:\n", origin) + wrap_items(items, options.width, "      ");
  }
  return text;
}

std::string drawn_in(const Plan& plan, const TextOptions& options) {
  const Packages others = pick(plan, [](const PackageChange& package) {
    return package.action == PackageAction::install && !is_named(package);
  });
  if (others.empty()) return "";
  return fmt::format("  New: drawn in by these ({}):\n", others.size()) + compact_list(others, options);
}

std::string kept(const Plan& plan, const TextOptions& options) {
  const Packages packages = with_action(plan, PackageAction::keep);
  if (packages.empty()) return "";
  std::vector<std::string> items;
  for (const PackageChange& package : packages) {
    items.push_back(package.name + " " + package.version.value_or(package.old_version.value_or("")));
  }
  return "  Already there and kept:\n" + wrap_items(items, options.width, "    ");
}

std::string named_table(const Plan& plan) {
  const Packages named = pick(
      plan, [](const PackageChange& package) { return package.action == PackageAction::install && is_named(package); });
  return titled_table("New: asked for, or part of the driver", named, new_version);
}

std::string mark_legend(const Plan& plan) {
  const bool marked = std::ranges::any_of(plan.closure.packages, &PackageChange::driver_versioned);
  return marked ? "  * part of the driver: all of these have the driver's version, or nothing is installed\n" : "";
}

std::string title(const Plan& plan) {
  if (!plan.closure.known) return "Packages asked for (versions, sizes and what they draw in are unknown)";
  const auto count = [&](PackageAction action) { return with_action(plan, action).size(); };
  return fmt::format("Packages: {} new, {} upgraded, {} downgraded, {} removed", count(PackageAction::install),
                     count(PackageAction::upgrade), count(PackageAction::downgrade), count(PackageAction::remove));
}

}  // namespace

std::string packages_section(const Plan& plan, const TextOptions& options) {
  return section(title(plan),
                 removed_table(with_action(plan, PackageAction::remove)) +
                     titled_table("Downgraded", with_action(plan, PackageAction::downgrade), old_and_new) +
                     titled_table("Upgraded", with_action(plan, PackageAction::upgrade), old_and_new) +
                     named_table(plan) + mark_legend(plan) + drawn_in(plan, options) + kept(plan, options),
                 options);
}

}  // namespace nvprov
