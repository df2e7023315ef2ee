#include "report/facts_text.hpp"

#include <fmt/format.h>

#include <map>

#include "base/text.hpp"
#include "report/fact_words.hpp"
#include "report/facts_sections.hpp"
#include "report/gpu_groups.hpp"

namespace nvprov {
namespace {

std::string facts_section(std::string_view title, const std::string& body, const TextOptions& options) {
  return body.empty() ? "" : paint(title, Paint::heading, options) + "\n" + body;
}

std::string distribution(const HostFacts& facts) {
  const std::string architecture = facts.architecture.empty() ? "unknown architecture" : facts.architecture;
  if (!facts.os) return fact_or(facts, "os", std::nullopt, "no os-release file") + ", " + architecture;
  return fmt::format("{}, {}", facts.os->name.empty() ? facts.os->id : facts.os->name, architecture);
}

std::string kernel_list(const HostFacts& facts) {
  std::vector<std::string> kernels;
  for (const InstalledKernel& kernel : facts.kernel.installed) {
    kernels.push_back(fmt::format("{} ({})", kernel.release, kernel.has_headers ? "with headers" : "no headers"));
  }
  if (kernels.empty()) return fact_or(facts, "kernel.installed", std::nullopt, "none");
  return join(kernels, ", ");
}

std::string secure_boot(const HostFacts& facts) {
  const auto& found = facts.secure_boot;
  if (!found) return fact_or(facts, "secure_boot", std::nullopt, "not there (no EFI firmware)");
  if (!found->enabled) return "off";
  if (!found->dkms_key_enrolled) return "on; no key of this host's own for modules yet";
  return *found->dkms_key_enrolled ? "on; the key for modules built here is enrolled"
                                   : "on; the key for modules built here is not enrolled";
}

std::string system_section(const HostFacts& facts, const TextOptions& options) {
  return labelled({{"distribution", distribution(facts)},
                   {"not supported", facts.os ? facts.os->not_supported.value_or("") : ""},
                   {"running kernel", fact_or(facts, "kernel.running", facts.kernel.running, "none")},
                   {"kernels", kernel_list(facts)},
                   {"Secure Boot", secure_boot(facts)}},
                  options.width);
}

std::string gpu_title(const GpuGroup& group) {
  const Gpu& gpu = group.gpu;
  std::string text = fmt::format("{}x {}", group.count, gpu.name);
  if (gpu.architecture) text += ", " + *gpu.architecture;
  if (gpu.compute_capability) text += ", compute capability " + *gpu.compute_capability;
  if (!gpu.device_id.empty()) text += fmt::format(", PCI id 10de:{}", gpu.device_id);
  return text + (gpu.kernel_driver ? ", bound to " + *gpu.kernel_driver : "");
}

std::string gpu_section(const HostFacts& facts, const TextOptions& options) {
  std::string text;
  for (const GpuGroup& group : group_gpus(facts.gpus)) {
    text += wrap(gpu_title(group), options.width, "  ");
    if (!group.addresses.empty()) text += wrap(join(group.addresses, " "), options.width, "    at ");
  }
  if (facts.gpus.empty()) text += "  " + fact_or(facts, "gpus", std::nullopt, "none found") + "\n";
  if (facts.gpus_named) text += "  named by --gpu, not looked for\n";
  return text;
}

std::string nvswitch_section(const HostFacts& facts, const TextOptions& options) {
  std::map<std::string, std::vector<std::string>> addresses;
  for (const NvSwitch& found : facts.nvswitches) {
    addresses[fmt::format("{}, PCI id 10de:{}", found.name, found.device_id)].push_back(found.address);
  }
  std::string text;
  for (const auto& [title, places] : addresses) {
    text += fmt::format("  {}x {}\n", places.size(), title) + wrap(join(places, " "), options.width, "    at ");
  }
  return text;
}

std::string unknown_section(const HostFacts& facts, const TextOptions& options) {
  std::vector<LabelledLine> lines;
  for (const Diagnostic& problem : facts.diagnostics) {
    lines.push_back({problem.place, problem.message + (problem.hint.empty() ? "" : "; " + problem.hint)});
  }
  return labelled(lines, options.width);
}

}  // namespace

std::string facts_text(const HostFacts& facts, const TextOptions& options) {
  return facts_section("System", system_section(facts, options), options) +
         facts_section("GPUs", gpu_section(facts, options), options) +
         facts_section("NVSwitches", nvswitch_section(facts, options), options) +
         facts_section("Driver", driver_section(facts, options), options) +
         facts_section("CUDA toolkits in /usr/local", cuda_section(facts), options) +
         facts_section("Container engines", container_section(facts), options) +
         facts_section("Packages", package_section(facts, options), options) +
         facts_section("Environment", environment_section(facts, options), options) +
         facts_section("Could not look", unknown_section(facts, options), options);
}

}  // namespace nvprov
