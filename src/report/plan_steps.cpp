#include <fmt/format.h>

#include "report/apply_text.hpp"
#include "report/plan_sections.hpp"

namespace nvprov {
namespace {

constexpr std::string_view below_step = "      ";

std::string file_content(const std::string& content) { return indent(content, fmt::format("{}| ", below_step)); }

std::string details(const AddRepository& step, const TextOptions&) { return file_content(step.content); }

std::string details(const RefreshMetadata&, const TextOptions&) { return ""; }

std::string details(const WriteFile& step, const TextOptions&) {
  const std::string mode = step.mode == 0644 ? "" : fmt::format("{}mode {:04o}\n", below_step, step.mode);
  return mode + file_content(step.content);
}

std::string details(const InstallPackages& step, const TextOptions& options) {
  std::vector<std::string> items;
  for (const PackageRequest& package : step.packages) {
    items.push_back(package.version ? fmt::format("{}={}", package.name, *package.version) : package.name);
  }
  return wrap_items(items, options.width, below_step);
}

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
