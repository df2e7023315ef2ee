#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cli/asked.hpp"
#include "cli/options.hpp"
#include "closure/package_asker.hpp"
#include "host/host.hpp"
#include "model/facts.hpp"
#include "model/network.hpp"
#include "packages/dnf.hpp"

namespace nvprov {

// The caller's own folder for answers: root's in /var/cache, a user's where XDG says.
std::string cache_folder(const HostView& machine);

// The target's dnf, if that is its package manager.
std::optional<DnfGeneration> dnf_of(const HostFacts& facts);

// Whether the target's repositories can be asked. A folder's own dnf is run through chroot, which only root may do; of
// a machine that is only described its facts have to tell which repositories it has.
bool can_ask(const HostView& machine, const HostView& target, const Asked& asked);

// Who is asked for packages. Where the target's own dnf has to be asked, it works for the system it is part of.
std::unique_ptr<PackageAsker> asker_for(Host& machine, Host* root, const Asked& asked, const PlanCommand& options);

// Takes the folder that a target's own dnf worked in away again when the plan is made, so that the plan leaves nothing
// inside the target.
class InsideRootGuard {
 public:
  // `root`: the target's folder; nullopt where nothing was asked inside one.
  InsideRootGuard(Host& machine, std::optional<std::string> root);
  ~InsideRootGuard();
  InsideRootGuard(const InsideRootGuard&) = delete;
  InsideRootGuard& operator=(const InsideRootGuard&) = delete;

 private:
  Host& machine_;
  std::optional<std::string> root_;
};

}  // namespace nvprov
