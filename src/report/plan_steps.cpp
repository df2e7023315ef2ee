#include <fmt/format.h>

#include "base/text.hpp"
#include "report/apply_text.hpp"
#include "report/line_diff.hpp"
#include "report/plan_sections.hpp"

namespace nvprov {
namespace {

constexpr std::string_view below_step = "      ";

constexpr std::size_t lines_shown = 10;

// A line of a file, cut where it would run past the width: what counts of a long list is how it begins.
std::string cut(std::string_view line, const TextOptions& options) {
  const auto room = static_cast<std::size_t>(options.width) - below_step.size() - 2;
  if (options.verbosity > 0 || line.size() <= room) return std::string(line);
  return std::string(line.substr(0, room - 4)) + " ...";
}

// The file as it will be; a long one only in its beginning, and whole with `-v`.
std::string file_content(const std::string& content, const TextOptions& options) {
  const std::vector<std::string_view> lines = split_lines(content);
  const bool whole = options.verbosity > 0 || lines.size() <= lines_shown + 2;
  const std::size_t shown = whole ? lines.size() : lines_shown;
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) text += fmt::format("{}| {}\n", below_step, cut(lines[i], options));
  if (!whole) text += fmt::format("{}  and {} more lines; `-v` shows them all\n", below_step, lines.size() - shown);
  return text;
}

std::string details(const ImportKey& step, const TextOptions&) {
  std::string text;
  for (const std::string& fingerprint : step.fingerprints)
    text += fmt::format("{}fingerprint {}\n", below_step, fingerprint);
  return text + fmt::format("{}{}\n", below_step,
                            step.origin == "embedded" ? "carried by nvprov" : "fetched from " + step.origin);
}

std::string details(const RemoveRepository& step, const TextOptions&) {
  return fmt::format("{}a copy stays in {}\n", below_step, step.backup);
}

std::string details(const EnableRepository&, const TextOptions&) { return ""; }

std::string details(const SetModuleStream& step, const TextOptions&) {
  return step.previous ? fmt::format("{}instead of {}:{}\n", below_step, step.module, *step.previous) : "";
}

std::string details(const HoldPackages& step, const TextOptions& options) {
  return file_content(step.content, options);
}

// Short, and every word of it counts.
std::string details(const AddRepository& step, const TextOptions&) {
  return indent(step.content, fmt::format("{}| ", below_step));
}

std::string details(const RefreshMetadata&, const TextOptions&) { return ""; }

std::string details(const WriteFile& step, const TextOptions& options) {
  const std::string mode = step.mode == 0644 ? "" : fmt::format("{}mode {:04o}\n", below_step, step.mode);
  return mode + file_content(step.content, options);
}

std::string details(const InstallPackages& step, const TextOptions& options) {
  std::vector<std::string> items;
  for (const PackageRequest& package : step.packages) {
    items.push_back(package.version ? fmt::format("{}={}", package.name, *package.version) : package.name);
  }
  for (const std::string& name : step.leaving) items.push_back(fmt::format("{} (leaves)", name));
  return wrap_items(items, options.width, below_step);
}

std::string details(const SetPackageMark&, const TextOptions&) { return ""; }

std::string details(const SetAlternative& step, const TextOptions&) {
  return step.former ? fmt::format("{}instead of {}, which somebody chose\n", below_step, *step.former) : "";
}

// What changes in the file, in the form of `diff -u` without its header.
std::string details(const ConfigureContainerEngine& step, const TextOptions&) {
  std::string text;
  for (const std::string& line : line_diff(step.former.value_or(""), step.content, 3))
    text += fmt::format("{}{}\n", below_step, line);
  return step.former ? text + fmt::format("{}a copy stays in {}\n", below_step, step.backup) : text;
}

std::string details(const ManageService&, const TextOptions&) { return ""; }

}  // namespace

std::string steps_section(const Plan& plan, const TextOptions& options) {
  std::string text;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    text += wrap(step_title(plan.steps[i]), options.width, fmt::format("  {:>2}. ", i + 1));
    text += std::visit([&](const auto& step) { return details(step, options); }, plan.steps[i]);
  }
  return section("What apply does, in this order", text, options);
}

}  // namespace nvprov
