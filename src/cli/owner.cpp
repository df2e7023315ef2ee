#include "cli/owner.hpp"

#include <fmt/format.h>

namespace nvprov {
namespace {

constexpr std::uint32_t others_may_write = 0022;

}  // namespace

Status check_owner(const HostView& machine, const std::string& path) {
  const auto user = machine.effective_user();
  if (!user || *user != 0) return {};
  const auto info = machine.file_info(path);
  if (!info || !*info) return {};
  if ((*info)->owner == 0 && ((*info)->mode & others_may_write) == 0) return {};
  return fail(ErrorKind::usage, fmt::format("`{}` could be changed by somebody who is not root", path),
              {"as root, nvprov uses only data that root owns and nobody else may write"},
              {fmt::format("`chown root:root {0}` and `chmod go-w {0}`", path)});
}

}  // namespace nvprov
