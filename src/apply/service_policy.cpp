#include "apply/service_policy.hpp"

#include <cstdint>
#include <string_view>
#include <utility>

namespace nvprov {
namespace {

constexpr const char* policy_path = "/usr/sbin/policy-rc.d";
constexpr std::uint32_t policy_mode = 0755;
// 101 is "not allowed": /usr/share/doc/init-system-helpers/README.policy-rc.d
constexpr std::string_view policy_content =
    "#!/bin/sh\n# Written by nvprov for one run: this disk does not run, and neither do its services.\nexit 101\n";

}  // namespace

ServicePolicy::ServicePolicy(ServicePolicy&& other) noexcept
    : target_(other.target_), is_ours_(std::exchange(other.is_ours_, false)) {}

ServicePolicy::~ServicePolicy() {
  if (is_ours_) (void)target_->remove_file(policy_path);
}

Result<ServicePolicy> ServicePolicy::set(Host& target) {
  ServicePolicy policy(target);
  const auto there = target.file_info(policy_path);
  if (!there) return fail(there.error());
  if (*there) {
    const auto content = target.read_file(policy_path);
    policy.is_ours_ = content && *content == policy_content;
    return policy;
  }
  if (const Status written = target.write_file(policy_path, policy_content, policy_mode); !written)
    return fail(written.error().in("keeping services from starting"));
  policy.is_ours_ = true;
  return policy;
}

}  // namespace nvprov
