#include "report/apply_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/shell_quote.hpp"
#include "report/plan_sections.hpp"

namespace nvprov {
namespace {

constexpr std::size_t bar_width = 20;

double clamped(double percent) { return std::clamp(percent, 0.0, 100.0); }

std::string bar(double percent) {
  const auto filled = static_cast<std::size_t>(clamped(percent) / 100.0 * static_cast<double>(bar_width));
  return "[" + std::string(filled, '#') + std::string(bar_width - filled, '.') + "]";
}

void add_texts(std::vector<LabelledLine>& lines, std::string label, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    lines.push_back({label, text});
    label.clear();
  }
}

// What to ask next, of a host that got something to ask about.
std::string next_words(const ApplyReport& report, const Plan& plan) {
  if (!report.changed || !plan.resolution.driver) return "";
  return report.reboot_needed ? "after the reboot `nvprov verify` says whether it works"
                              : "`nvprov verify` says whether it works";
}

std::string details(const ApplyReport& report, const Plan& plan, const TextOptions& options) {
  std::vector<LabelledLine> lines = {{"driver", driver_words(plan)}, {"CUDA", cuda_words(plan)}};
  add_texts(lines, "proven", report.proven);
  add_texts(lines, "not proven", report.unproven);
  lines.push_back({"next", next_words(report, plan)});
  lines.push_back({"record", report.journal_path});
  lines.push_back({"log", report.log_path});
  return labelled(lines, options.width);
}

std::string reboot(const ApplyReport& report, const TextOptions& options) {
  return section("Reboot to use the driver", report.reboot_needed ? "    reboot\n" : "", options, Paint::warning);
}

std::string undo(const Plan& plan, const TextOptions& options) {
  std::string text;
  for (const auto& argv : plan.undo) text += command_line(argv, options.width, "    ");
  return section("To undo", text, options);
}

}  // namespace

std::string apply_text(const ApplyReport& report, const Plan& plan, const TextOptions& options) {
  if (!report.changed) {
    return paint("Nothing to do: what was asked for is already there", Paint::heading, options) + "\n" +
           details(report, plan, options);
  }
  const bool proven = report.unproven.empty();
  std::string text = section(proven ? "Done" : "Done, but not all of it is proven", details(report, plan, options),
                             options, proven ? Paint::heading : Paint::bad) +
                     reboot(report, options) + undo(plan, options);
  text.pop_back();  // the empty line after the last section
  return text;
}

std::string progress_line(std::string_view phase, double percent, std::string_view message, int width) {
  const std::string line = fmt::format("{:<8} {:3.0f}% {} {}", phase, clamped(percent), bar(percent), message);
  return line.substr(0, static_cast<std::size_t>(std::max(width, 0)));
}

std::string plain_progress_line(std::string_view phase, double percent, std::string_view message) {
  return fmt::format("{}: {:.0f}%{}{}", phase, clamped(percent), message.empty() ? "" : ": ", message);
}

}  // namespace nvprov
