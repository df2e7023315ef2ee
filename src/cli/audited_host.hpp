#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/failure.hpp"
#include "host/host.hpp"
#include "model/lockfile.hpp"

namespace nvprov {

// What `--root` of an audit names: a folder, a tar archive or, as "-", one on standard input. Of an archive only the
// files an audit may ask for are kept, among them those of this lock. An error of kind usage where it holds no system.
// An rpm database in it is read by this machine's rpm; the machine must outlive the view.
Result<std::unique_ptr<HostView>> open_audited_host(const HostView& machine, const std::string& root,
                                                    const std::vector<LockedFile>& locked);

}  // namespace nvprov
