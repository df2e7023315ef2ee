#pragma once

#include "base/result.hpp"
#include "host/host.hpp"

namespace nvprov {

// For a disk that does not run (a chroot, a folder): while this lives, the scripts of packages start no service there.
// It would be one of this machine's, with this machine's GPUs. Debian's own way, /usr/sbin/policy-rc.d; one that is
// there counts, and so that a run that was killed leaves nothing for good, the next one takes nvprov's for its own.
class ServicePolicy {
 public:
  static Result<ServicePolicy> set(Host& target);
  ServicePolicy(ServicePolicy&& other) noexcept;
  ServicePolicy& operator=(ServicePolicy&&) = delete;
  ~ServicePolicy();

 private:
  explicit ServicePolicy(Host& target) : target_(&target) {}

  Host* target_;
  bool is_ours_ = false;
};

}  // namespace nvprov
