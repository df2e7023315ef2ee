#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/host.hpp"
#include "model/facts.hpp"
#include "verify/verify.hpp"

namespace nvprov {

// --- what a program said ---

// How a program that may hang on broken hardware came to its end.
struct ProgramAnswer {
  enum class End { done, failed, silent, not_there };
  End end = End::done;
  std::string out;
  std::string words;  // the first line that says what went wrong
};

// Runs a program, which is ended after so many seconds.
ProgramAnswer ask(Host& host, const std::vector<std::string>& argv, int seconds);

// The first line that is not blank.
std::string first_line(std::string_view text);

// --- results ---

VerifyResult not_checked(VerifySubject subject, NotCheckedReason reason, std::string detail = {});
VerifyResult found(VerifySubject subject, Finding finding);
VerifyResult sound(VerifySubject subject, std::string seen);

// --- files ---

VerifyResult verify_packages(const VerifyQuestion& question);
VerifyResult verify_contents(Host& host, const VerifyQuestion& question);

// --- driver ---

// What keeps the driver from being looked at here at all.
std::optional<NotChecked> no_driver_here(const VerifyQuestion& question);

// Whether the running kernel got modules since it was started, or the system says itself that it is to be restarted.
bool came_since_boot(const HostView& host, const HostFacts& facts);

// `now`: the driver's state after the first program asked for it.
VerifyResult verify_module(const VerifyQuestion& question, const DriverFacts& now, bool is_restart_due);

// One GPU as nvidia-smi lists it.
struct ManagedGpu {
  std::string address;  // as the kernel has it: "0000:3b:00.0"
  std::string name;
  std::string driver;  // "580.126.09"

  bool operator==(const ManagedGpu&) const = default;
};
std::vector<ManagedGpu> parse_gpu_list(std::string_view csv);
std::vector<std::string> gpu_list_argv();
VerifyResult verify_management(const VerifyQuestion& question, const ProgramAnswer& answer, const VerifyResult& module);

// A GPU and how far it has joined the fabric of NVSwitches.
struct FabricState {
  std::string address;
  std::string state;   // "Completed"
  std::string status;  // "Success"

  bool operator==(const FabricState&) const = default;
};
std::vector<FabricState> parse_fabric_states(std::string_view report);
bool has_fabric(const HostFacts& facts);
VerifyResult verify_fabric(Host& host, const VerifyResult& management);

// --- cuda ---

// What the probe of src/probes said.
struct CudaStart {
  int result = 0;           // CUresult
  std::string result_name;  // "CUDA_ERROR_NO_DEVICE"
  int driver = 0;           // CUDA release of the driver: 12040
  std::vector<std::string> devices;

  bool operator==(const CudaStart&) const = default;
};
std::optional<CudaStart> parse_cuda_start(std::string_view output);
VerifyResult verify_cuda(Host& host, const VerifyQuestion& question, const Verification& before, bool is_restart_due);

// --- container ---

// What a container that was given GPUs holds.
struct ContainerContent {
  std::vector<std::string> devices;            // of NVIDIA's, names in /dev: "nvidia0", "nvidiactl"
  std::optional<std::string> library_version;  // of libcuda.so

  bool operator==(const ContainerContent&) const = default;
};
ContainerContent parse_container_content(std::string_view output);
Verification verify_containers(Host& host, const VerifyQuestion& question, const Verification& before,
                               const DriverFacts& now);

}  // namespace nvprov
