#pragma once

#include "apply/package_manager.hpp"
#include "base/result.hpp"
#include "host/host.hpp"
#include "model/journal.hpp"

namespace nvprov {

// Does the journal's steps in order, writing the journal before and after each; true when the host was changed. On a
// failure the journal in hand says how far it came.
Result<bool> do_steps(Host& host, Journal& journal, const PackageManagerRun& run);

// After a failure: puts the files back where they serve nothing, and closes the journal. The error returned says what
// became of the files too. An engine that did not take its new settings gets its former ones back.
Error settle(Host& host, Journal& journal, const PackageManagerRun& run, Error error);

}  // namespace nvprov
