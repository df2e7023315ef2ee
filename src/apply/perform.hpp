#pragma once

#include <tl/expected.hpp>

#include "apply/package_manager.hpp"
#include "base/result.hpp"
#include "host/host.hpp"
#include "model/plan.hpp"

namespace nvprov {

// A step that failed, and whether it left packages between their old and their new state.
struct StepFailure {
  Error error;
  bool midway = false;
};

// True when the host was changed, false when it already was as the step wants it.
using StepResult = tl::expected<bool, StepFailure>;

// One function for each kind of step.
StepResult perform(const ImportKey& step, Host& host, const PackageManagerRun& run);
StepResult perform(const RemoveRepository& step, Host& host, const PackageManagerRun& run);
StepResult perform(const EnableRepository& step, Host& host, const PackageManagerRun& run);
StepResult perform(const HoldPackages& step, Host& host, const PackageManagerRun& run);
StepResult perform(const SetModuleStream& step, Host& host, const PackageManagerRun& run);
StepResult perform(const AddRepository& step, Host& host, const PackageManagerRun& run);
StepResult perform(const RefreshMetadata& step, Host& host, const PackageManagerRun& run);
StepResult perform(const WriteFile& step, Host& host, const PackageManagerRun& run);
StepResult perform(const InstallPackages& step, Host& host, const PackageManagerRun& run);
StepResult perform(const SetPackageMark& step, Host& host, const PackageManagerRun& run);
StepResult perform(const SetAlternative& step, Host& host, const PackageManagerRun& run);
StepResult perform(const ConfigureContainerEngine& step, Host& host, const PackageManagerRun& run);
StepResult perform(const ManageService& step, Host& host, const PackageManagerRun& run);

// Does one step on the host; idempotent.
StepResult perform_step(const Step& step, Host& host, const PackageManagerRun& run);

}  // namespace nvprov
