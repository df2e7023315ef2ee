#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "model/words.hpp"
#include "verify/parts.hpp"

namespace nvprov {
namespace {

constexpr int report_seconds = 120;

Finding management_finding(std::string check, std::string subject, std::string found) {
  return {.check = std::move(check),
          .subject = std::move(subject),
          .expected = {},
          .found = std::move(found),
          .sources = {}};
}

// nvidia-smi writes the domain with eight digits and capital letters, "00000000:3B:00.0".
std::string kernel_address(std::string_view typed) {
  std::string address = lower(trim(typed));
  const std::size_t domain = address.find(':');
  if (domain == 8 && address.starts_with("0000")) address.erase(0, 4);
  return address;
}

// One that a virtual machine holds, or is kept for one, is not the driver's.
bool is_for_driver(const Gpu& gpu) { return gpu.kernel_driver != "vfio-pci"; }

std::string counted_gpus(std::size_t count) {
  return count == 1 ? std::string("1 GPU") : fmt::format("{} GPUs", count);
}

VerifyResult unanswered(const VerifyQuestion& question, const ProgramAnswer& answer) {
  const auto management = [](Finding finding) { return found(VerifySubject::management, std::move(finding)); };
  if (answer.end == ProgramAnswer::End::silent)
    return management(management_finding("smi-silent", "nvidia-smi", answer.words));
  if (answer.end == ProgramAnswer::End::failed)
    return management(management_finding("smi-failed", "nvidia-smi", answer.words));
  if (question.facts.environment.managed_by)
    return not_checked(VerifySubject::management, NotCheckedReason::managed_elsewhere,
                       question.facts.environment.managed_by->owner);
  return management(management_finding("smi-absent", "nvidia-smi", answer.words));
}

}  // namespace

std::vector<std::string> gpu_list_argv() {
  return {"nvidia-smi", "--query-gpu=pci.bus_id,name,driver_version", "--format=csv,noheader"};
}

std::vector<ManagedGpu> parse_gpu_list(std::string_view csv) {
  std::vector<ManagedGpu> gpus;
  for (const std::string& line : split(csv, '\n')) {
    const std::vector<std::string> cells = split(line, ',');
    if (cells.size() != 3) continue;
    gpus.push_back({.address = kernel_address(cells[0]),
                    .name = std::string(trim(cells[1])),
                    .driver = std::string(trim(cells[2]))});
  }
  return gpus;
}

VerifyResult verify_management(const VerifyQuestion& question, const ProgramAnswer& answer,
                               const VerifyResult& module) {
  if (module.not_checked && module.not_checked->reason == NotCheckedReason::reboot_pending)
    return not_checked(VerifySubject::management, NotCheckedReason::reboot_pending, module.not_checked->detail);
  if (!module.findings.empty())
    return not_checked(VerifySubject::management, NotCheckedReason::failed_before,
                       std::string(to_word(VerifySubject::module)));
  if (answer.end != ProgramAnswer::End::done) return unanswered(question, answer);
  const std::vector<ManagedGpu> listed = parse_gpu_list(answer.out);
  VerifyResult result =
      sound(VerifySubject::management, fmt::format("nvidia-smi sees {}", counted_gpus(listed.size())));
  for (const Gpu& gpu : question.facts.gpus)
    if (is_for_driver(gpu) && std::ranges::find(listed, gpu.address, &ManagedGpu::address) == listed.end())
      result.findings.push_back(
          management_finding("gpu-unseen", fmt::format("{} at {}", gpu.name, gpu.address),
                             gpu.kernel_driver ? fmt::format("{} has it", *gpu.kernel_driver) : "no module has it"));
  return result;
}

bool has_fabric(const HostFacts& facts) { return !facts.nvswitches.empty() || facts.nvlink_switch_manager.has_value(); }

// The report is indented: "GPU 00000000:07:00.0", below it "Fabric", and in that "State" and "Status".
std::vector<FabricState> parse_fabric_states(std::string_view report) {
  std::vector<FabricState> states;
  bool is_in_fabric = false;
  for (const std::string& line : split(report, '\n')) {
    const std::string words(trim(line));
    const std::size_t colon = words.find(':');
    if (line.starts_with("GPU ")) {
      states.push_back({.address = kernel_address(std::string_view(line).substr(4)), .state = {}, .status = {}});
      is_in_fabric = false;
    } else if (colon == std::string::npos) {
      is_in_fabric = words == "Fabric";
    } else if (is_in_fabric && !states.empty()) {
      const std::string name(trim(words.substr(0, colon)));
      const std::string value(trim(words.substr(colon + 1)));
      if (name == "State") states.back().state = value;
      if (name == "Status") states.back().status = value;
    }
  }
  return states;
}

VerifyResult verify_fabric(Host& host, const VerifyResult& management) {
  if (management.not_checked)
    return not_checked(VerifySubject::fabric, management.not_checked->reason, management.not_checked->detail);
  if (!management.findings.empty())
    return not_checked(VerifySubject::fabric, NotCheckedReason::failed_before,
                       std::string(to_word(VerifySubject::management)));
  const ProgramAnswer answer = ask(host, {"nvidia-smi", "-q"}, report_seconds);
  if (answer.end != ProgramAnswer::End::done)
    return found(VerifySubject::fabric, management_finding("smi-failed", "nvidia-smi -q", answer.words));
  const std::vector<FabricState> states = parse_fabric_states(answer.out);
  const bool is_told = std::ranges::any_of(states, [](const FabricState& each) { return !each.state.empty(); });
  if (!is_told)
    return not_checked(VerifySubject::fabric, NotCheckedReason::no_answer, "this nvidia-smi says nothing of a fabric");
  VerifyResult result = sound(VerifySubject::fabric, fmt::format("{} joined it", counted_gpus(states.size())));
  for (const FabricState& each : states)
    if (each.state != "Completed" || each.status != "Success")
      result.findings.push_back(management_finding("fabric-not-ready", fmt::format("GPU at {}", each.address),
                                                   fmt::format("{}, {}", each.state, each.status)));
  return result;
}

}  // namespace nvprov
