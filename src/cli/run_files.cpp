#include "cli/run_files.hpp"

#include <unistd.h>

#include <utility>

#include "apply/journal.hpp"
#include "cli/package_asker.hpp"
#include "detect/place.hpp"
#include "packages/apt.hpp"

namespace nvprov {
namespace {

// Folders nvprov keeps on a host and an image should not carry, as far as they are not there yet.
std::vector<std::string> traces_to_come(const HostView& machine, const HostView& target) {
  std::vector<std::string> traces;
  const auto note_absent = [&](const HostView& host, const std::string& folder) {
    const auto info = host.file_info(folder);
    if (info && !*info) traces.push_back(folder);
  };
  note_absent(target, std::string(log_folder));
  if (&machine == &target) note_absent(machine, cache_folder(machine));
  return traces;
}

// A host's disk seen from another system: a folder, or a chroot.
bool is_disk_at_rest(const HostView& host) {
  Diagnostics ignored;
  return detect_place(host, ignored).kind == PlaceKind::chroot;
}

}  // namespace

RunFiles::RunFiles(Host& target, const HostView& machine, const NetworkSettings& network)
    : target_(target),
      machine_(machine),
      network_(network),
      tag_(std::to_string(::getpid())),
      traces_(traces_to_come(machine, target)) {}

Status RunFiles::open_scratch(ApplyOptions& how) {
  auto opened = Scratch::open(target_, tag_);
  if (!opened) return fail(opened.error());
  how.scratch = opened->path();
  scratch_.emplace(std::move(*opened));
  return {};
}

Status RunFiles::write_network_settings(ApplyOptions& how) {
  if (network_file_) return {};
  auto more = scratch_ ? apt_scratch_lines(scratch_->path()) : std::vector<std::string>{};
  more.insert(more.end(), bundle_lines_.begin(), bundle_lines_.end());  // last, so that they count
  auto written = NetworkFile::write(target_, machine_, network_, tag_, more);
  if (!written) return fail(written.error());
  network_file_.emplace(std::move(*written));
  how.apt_config = network_file_->path();
  return {};
}

Status RunFiles::keep_services_off() {
  if (service_policy_ || !is_disk_at_rest(target_)) return {};
  auto set = ServicePolicy::set(target_);
  if (!set) return fail(set.error());
  service_policy_.emplace(std::move(*set));
  return {};
}

Status RunFiles::open_transaction(ApplyOptions& how) {
  if (const Status off = keep_services_off(); !off) return off;
  return write_network_settings(how);
}

void RunFiles::leave_no_trace(ApplyReport& report) {
  if (!scratch_) return;
  scratch_->remove_too(traces_);
  scratch_->remove_too({std::exchange(report.log_path, {})});
}

}  // namespace nvprov
