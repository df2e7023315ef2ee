#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "model/words.hpp"
#include "verify/parts.hpp"
#include "verify/probes.hpp"

namespace nvprov {
namespace {

// CUresult, https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__TYPES.html
constexpr int no_device = 100;
constexpr int system_not_ready = 802;
constexpr int system_driver_mismatch = 803;
constexpr int compat_not_supported_on_device = 804;

constexpr int loader_failed = 127;

std::optional<int> number_in(const std::string& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string check_of(int result) {
  switch (result) {
    case no_device: return "cuda-no-device";
    case system_not_ready: return "cuda-not-ready";
    case system_driver_mismatch: return "cuda-mismatch";
    case compat_not_supported_on_device: return "cuda-compat-unfit";
    default: return "cuda-failed";
  }
}

Finding cuda_finding(std::string check, std::string found) {
  return {.check = std::move(check), .subject = "CUDA", .expected = {}, .found = std::move(found), .sources = {}};
}

// "12.4" of 12040.
std::string release_words(int version) { return fmt::format("{}.{}", version / 1000, version % 1000 / 10); }

VerifyResult started(const CudaStart& start) {
  if (start.result != 0)
    return found(VerifySubject::cuda,
                 cuda_finding(check_of(start.result), fmt::format("{} ({})", start.result_name, start.result)));
  return sound(VerifySubject::cuda,
               fmt::format("CUDA {} starts on {}", release_words(start.driver), join(start.devices, ", ")));
}

// A level of the driver's that keeps CUDA from being asked.
std::optional<VerifyResult> kept_from(const Verification& before) {
  for (const VerifyResult& result : before) {
    if (level_of(result.subject) != VerifyLevel::driver) continue;
    if (result.subject == VerifySubject::module && !result.findings.empty())
      return not_checked(VerifySubject::cuda, NotCheckedReason::failed_before,
                         std::string(to_word(VerifySubject::module)));
    const auto& why = result.not_checked;
    if (why && (why->reason == NotCheckedReason::disk_only || why->reason == NotCheckedReason::no_gpu ||
                why->reason == NotCheckedReason::reboot_pending))
      return not_checked(VerifySubject::cuda, why->reason, why->detail);
  }
  return std::nullopt;
}

// The loader's own words: "libcuda.so.1: cannot open shared object file".
VerifyResult not_loaded(const VerifyQuestion& question, const CommandOutput& output) {
  const bool is_given = no_driver_here(question).has_value();  // by a host, or not at all
  if (is_given)
    return not_checked(VerifySubject::cuda, NotCheckedReason::driver_of_host, "no libcuda.so.1 was given to this one");
  return found(VerifySubject::cuda, cuda_finding("cuda-library-unfound", first_line(output.err)));
}

}  // namespace

std::optional<CudaStart> parse_cuda_start(std::string_view output) {
  std::optional<CudaStart> start;
  for (const std::string& line : split(output, '\n')) {
    const std::vector<std::string> words = split_words(line);
    if (words.size() < 2) continue;
    const auto number = number_in(words[1]);
    if (words[0] == "init" && words.size() == 3 && number)
      start = CudaStart{.result = *number, .result_name = words[2], .driver = 0, .devices = {}};
    if (!start || !number) continue;
    if (words[0] == "driver") start->driver = *number;
    if (words[0] == "device" && words.size() > 3)
      start->devices.push_back(
          fmt::format("{} ({}.{})", join({words.begin() + 3, words.end()}, " "), words[1], words[2]));
  }
  return start;
}

VerifyResult verify_cuda(Host& host, const VerifyQuestion& question, const Verification& before, bool is_restart_due) {
  if (!host.is_live()) return not_checked(VerifySubject::cuda, NotCheckedReason::disk_only);
  if (auto kept = kept_from(before)) return std::move(*kept);
  const auto output = host.run_carried(cuda_probe());
  if (!output) return not_checked(VerifySubject::cuda, NotCheckedReason::no_answer, output.error().message);
  if (output->exit_status == loader_failed) return not_loaded(question, *output);
  const auto start = parse_cuda_start(output->out);
  if (!start)
    return found(VerifySubject::cuda,
                 cuda_finding("cuda-failed", output->exit_status > 128
                                                 ? fmt::format("ended by signal {}", output->exit_status - 128)
                                                 : fmt::format("exit status {}", output->exit_status)));
  if (start->result == system_driver_mismatch && is_restart_due)
    return not_checked(VerifySubject::cuda, NotCheckedReason::reboot_pending, start->result_name);
  return started(*start);
}

}  // namespace nvprov
