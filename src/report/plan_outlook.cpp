#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "report/plan_sections.hpp"

namespace nvprov {
namespace {

std::string_view words_of(Usable usable) {
  switch (usable) {
    case Usable::now: return "as soon as apply is done";
    case Usable::after_reboot: return "after a reboot";
    case Usable::after_kernel: return "once a kernel with its headers is installed and booted";
    case Usable::unknown: return "unknown";
    case Usable::nothing_to_use: return "nothing to use at once: this plan holds no driver";
  }
  return "";
}

std::string download_words(const Closure& closure) {
  return closure.download_bytes ? format_bytes(*closure.download_bytes) : "unknown";
}

std::string disk_words(const Closure& closure) {
  if (!closure.disk_bytes) return "unknown";
  const auto bytes = static_cast<std::uint64_t>(*closure.disk_bytes < 0 ? -*closure.disk_bytes : *closure.disk_bytes);
  return format_bytes(bytes) + (*closure.disk_bytes < 0 ? " freed" : " more");
}

std::string_view reboot_words(Usable usable) {
  switch (usable) {
    case Usable::now:
    case Usable::nothing_to_use: return "not needed";
    case Usable::after_reboot: return "needed; nvprov reboots by itself only with `--reboot`";
    case Usable::after_kernel: return "into that kernel";
    case Usable::unknown: return "unknown";
  }
  return "";
}

bool is_hold_unobeyed(const Plan& plan) {
  return std::ranges::find(plan.notices, NoticeKind::hold_not_obeyed, &Notice::kind) != plan.notices.end();
}

std::string hold_words(const Plan& plan) {
  if (!plan.resolution.driver || plan.steps.empty()) return "";
  if (plan.resolution.driver->kept && !plan.request.hold) return "as it is";
  if (is_hold_unobeyed(plan)) return "written, but not in force: any upgrade of this host may change the driver";
  switch (plan.request.hold.value_or(Hold::version)) {
    case Hold::version: return fmt::format("the driver stays at exactly {}", plan.resolution.driver->version);
    case Hold::branch: return fmt::format("the driver stays within branch {}", plan.resolution.driver->branch);
    case Hold::none: return "none: any upgrade of this host may change the driver";
  }
  return "";
}

std::string ceiling_words(const Plan& plan) {
  const auto& driver = plan.resolution.driver;
  if (!driver) return "";
  if (!driver->cuda_ceiling) return "unknown";
  const std::string_view what = plan.resolution.container_toolkit ? "container images" : "programs";
  return fmt::format("{} built with CUDA up to {} are fully supported", what, *driver->cuda_ceiling);
}

std::string floor_words(const Plan& plan) {
  const CudaChoice* cuda = newest_cuda(plan.resolution);
  if (plan.resolution.driver || cuda == nullptr) return "";
  return cuda->driver_floor ? fmt::format("the host must have driver {} or newer", *cuda->driver_floor) : "unknown";
}

std::string left_out_words(const LeftOut& item, const TextOptions& options) {
  std::string text =
      item.component + (item.download_bytes ? ", " + format_bytes(*item.download_bytes) : ", size unknown");
  if (!item.ask.empty()) text += fmt::format("; ask for it with `{}`", item.ask);
  return options.verbosity < 1 || item.packages.empty() ? text
                                                        : fmt::format("{} ({})", text, join(item.packages, ", "));
}

// The label stands on the first line only.
void add_all(std::vector<LabelledLine>& lines, std::string label, const std::vector<std::string>& texts,
             std::string none) {
  if (texts.empty()) lines.push_back({label, std::move(none)});
  for (const std::string& text : texts) {
    lines.push_back({label, text});
    label.clear();
  }
}

std::vector<std::string> left_out(const Plan& plan, const TextOptions& options) {
  std::vector<std::string> texts;
  for (const LeftOut& item : plan.resolution.left_out) texts.push_back(left_out_words(item, options));
  return texts;
}

}  // namespace

std::string catalog_words(const Plan& plan, const TextOptions& options) {
  if (options.verbosity < 1) return plan.catalog_date;
  return fmt::format("{}, nvprov {}, digest {}", plan.catalog_date, plan.tool_version, plan.catalog_digest);
}

std::string metadata_words(const Plan& plan, const TextOptions& options) {
  const std::string when =
      plan.metadata_fetched_at ? "fetched " + *plan.metadata_fetched_at : "no package indexes used";
  return options.verbosity < 1 || plan.metadata_digest.empty() ? when : when + ", digest " + plan.metadata_digest;
}

std::string outlook_section(const Plan& plan, const TextOptions& options) {
  std::vector<LabelledLine> lines = {{"download", download_words(plan.closure)},
                                     {"disk", disk_words(plan.closure)},
                                     {"usable", std::string(words_of(plan.usable))}};
  add_all(lines, "restarts", plan.restarts, "none");
  lines.push_back({"reboot", std::string(reboot_words(plan.usable))});
  lines.push_back({"hold", hold_words(plan)});
  lines.push_back({"CUDA ceiling", ceiling_words(plan)});
  lines.push_back({"driver floor", floor_words(plan)});
  add_all(lines, "left out", left_out(plan, options), "");
  lines.push_back({"catalog", catalog_words(plan, options)});
  lines.push_back({"metadata", metadata_words(plan, options)});
  add_all(lines, "inputs", plan.inputs, "defaults only");
  lines.push_back({"unknown", plan.unknowns.empty() ? "nothing" : join(plan.unknowns, ", ")});
  return section("What to know", labelled(lines, options.width), options);
}

}  // namespace nvprov
