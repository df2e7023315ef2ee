#pragma once

#include "apply/package_manager.hpp"
#include "base/result.hpp"
#include "host/host.hpp"
#include "model/journal.hpp"

namespace nvprov {

// Does the journal's steps in order, writing the journal before and after each; true when the host was changed. On a
// failure the journal in hand says how far it came.
Result<bool> do_steps(Host& host, Journal& journal, const PackageManagerRun& run);

// Where a service did not take its engine's new settings: the engine's files are put back and the service is told
// again. What became of that is added to the error.
void put_engine_back(Host& host, Journal& journal, const PackageManagerRun& run, Error& error);

// After a failure: puts the files back where they serve nothing, and closes the journal. The error returned says what
// became of the files too. An engine that did not take its new settings gets its former ones back.
Error settle(Host& host, Journal& journal, const PackageManagerRun& run, Error error);

}  // namespace nvprov
