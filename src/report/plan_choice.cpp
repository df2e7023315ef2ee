#include <fmt/format.h>

#include "base/text.hpp"
#include "report/plan_sections.hpp"
#include "report/sentences.hpp"

namespace nvprov {
namespace {

std::string_view words_of(CudaSupport support) {
  switch (support) {
    case CudaSupport::full: return "; fully supported by the driver";
    case CudaSupport::minor_version: return "; runs on the driver by minor-version compatibility";
    case CudaSupport::forward: return "; runs on the driver by forward compatibility, with its package only";
    case CudaSupport::none: return "";
  }
  return "";
}

std::string support_words(const Plan& plan) {
  const auto& driver = plan.resolution.driver;
  if (!driver) return "";
  return driver->end_of_support ? "until " + *driver->end_of_support : "no end of support is known";
}

std::string add_on_words(const Plan& plan) {
  const auto& driver = plan.resolution.driver;
  return driver ? join(driver->add_ons, ", ") : "";
}

std::string module_words(const Plan& plan) {
  const auto& driver = plan.resolution.driver;
  if (!driver) return "";
  return driver->module_name.empty() ? driver->flavour : fmt::format("{} ({})", driver->flavour, driver->module_name);
}

std::string header_words(const Plan& plan) {
  if (plan.resolution.headers.empty()) return "";
  const std::string kernels = join(plan.resolution.kernels, ", ");
  std::vector<std::string> names;
  for (const PackageRequest& package : plan.resolution.headers)
    names.push_back(package.version ? package.name + "-" + *package.version : package.name);
  return join(names, ", ") + (kernels.empty() ? "" : " for kernel " + kernels);
}

// Lines without a label: why, and in verbose mode where that stands.
void add_reason(std::vector<LabelledLine>& lines, const Reason& reason, const TextOptions& options) {
  lines.push_back({"", "why: " + reason_words(reason)});
  if (options.verbosity < 1 && !options.explain) return;
  for (const Source& source : reason.sources) lines.push_back({"", std::string(trim(source_line(source, "")))});
}

bool has_line_of_its_own(const std::string& subject) {
  return subject == "driver" || subject == "module" || subject == "cuda" || subject == "headers" ||
         subject == "support" || subject == "container-toolkit";
}

void add_line(std::vector<LabelledLine>& lines, const Plan& plan, std::string_view subject, LabelledLine line,
              const TextOptions& options) {
  if (line.text.empty()) return;
  lines.push_back(std::move(line));
  for (const Reason& reason : plan.resolution.reasons) {
    if (reason.subject == subject) add_reason(lines, reason, options);
  }
}

void add_other_reasons(std::vector<LabelledLine>& lines, const Plan& plan, const TextOptions& options) {
  for (const Reason& reason : plan.resolution.reasons) {
    if (has_line_of_its_own(reason.subject)) continue;
    lines.push_back({reason.subject, source_words(reason.chosen)});
    add_reason(lines, reason, options);
  }
}

}  // namespace

std::string driver_words(const Plan& plan) {
  const auto& driver = plan.resolution.driver;
  if (!driver) {
    return plan.resolution.target == Target::image ? "none: an image never holds one, the host it runs on brings it"
                                                   : "none in this plan";
  }
  const std::string where = driver->kept ? "already installed" : "from " + source_words(driver->source);
  return fmt::format("{} (branch {}), {}", driver->version, driver->branch, where);
}

std::string cuda_words(const Plan& plan) {
  std::vector<std::string> releases;
  for (const CudaChoice& cuda : plan.resolution.cuda)
    releases.push_back(fmt::format("{} ({}), from {}{}", cuda.release, cuda.update, source_words(cuda.source),
                                   plan.resolution.driver ? words_of(cuda.support) : ""));
  return releases.empty() ? "none" : join(releases, ", and ");
}

std::string toolkit_words(const Plan& plan) {
  const auto& toolkit = plan.resolution.container_toolkit;
  if (!toolkit) return "";
  return toolkit->version + (toolkit->kept ? ", already installed" : ", from NVIDIA's repository for it");
}

std::string_view words_of(CdiSupport cdi) {
  switch (cdi) {
    case CdiSupport::by_default:
    case CdiSupport::switched_on: return ", with CDI";
    case CdiSupport::too_old: return ", too old for CDI";
    case CdiSupport::unknown: return "";
  }
  return "";
}

std::string engine_words(const Plan& plan) {
  std::vector<std::string> engines;
  for (const EngineChoice& engine : plan.resolution.engines)
    engines.push_back(fmt::format("{}{}{}{}", engine.title, engine.version ? " " + *engine.version : "",
                                  engine.package ? ", from " + *engine.package : "", words_of(engine.cdi)));
  return join(engines, "; ");
}

std::string choice_section(const Plan& plan, const TextOptions& options) {
  std::vector<LabelledLine> lines;
  add_line(lines, plan, "driver", {"driver", driver_words(plan)}, options);
  add_line(lines, plan, "module", {"module", module_words(plan)}, options);
  add_line(lines, plan, "add-ons", {"add-ons", add_on_words(plan)}, options);
  add_line(lines, plan, "support", {"support", support_words(plan)}, options);
  add_line(lines, plan, "cuda", {"CUDA", cuda_words(plan)}, options);
  add_line(lines, plan, "container-toolkit", {"toolkit", toolkit_words(plan)}, options);
  add_line(lines, plan, "engines", {"engines", engine_words(plan)}, options);
  add_line(lines, plan, "headers", {"headers", header_words(plan)}, options);
  add_other_reasons(lines, plan, options);
  return section("Choice", labelled(lines, options.width), options);
}

}  // namespace nvprov
