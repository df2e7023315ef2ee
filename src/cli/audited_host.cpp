#include "cli/audited_host.hpp"

#include <utility>

#include "cli/caller_files.hpp"
#include "cli/target_facts.hpp"
#include "detect/owned_files.hpp"
#include "host/archive_host.hpp"
#include "host/borrowed_rpm.hpp"
#include "host/posix_host.hpp"

namespace nvprov {
namespace {

bool is_file(const HostView& machine, const std::string& path) {
  const auto info = machine.file_info(absolute_path(machine, path));
  return info && *info && (*info)->kind != FileInfo::Kind::directory;
}

Result<std::unique_ptr<HostView>> open_root(const HostView& machine, const std::string& root,
                                            const std::vector<LockedFile>& locked) {
  if (root == "-" || is_file(machine, root))
    return open_archive_host(
        root == "-" ? root : absolute_path(machine, root),
        [&](std::string_view path) { return may_be_asked_for(path, locked); }, ArchiveLimits{});
  const auto folder = folder_of_disk(root);
  if (!folder) return fail(folder.error());
  return make_posix_host(*folder);
}

}  // namespace

Result<std::unique_ptr<HostView>> open_audited_host(const HostView& machine, const std::string& root,
                                                    const std::vector<LockedFile>& locked) {
  auto opened = open_root(machine, root, locked);
  if (!opened) return opened;
  return with_borrowed_rpm(std::move(*opened), machine);
}

}  // namespace nvprov
