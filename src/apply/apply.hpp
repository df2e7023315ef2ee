#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "host/host.hpp"
#include "model/journal.hpp"
#include "model/plan.hpp"

namespace nvprov {

struct ApplyOptions {
  Consent consent;
  int lock_timeout = 600;  // seconds to wait for dpkg's lock
  std::string now;         // RFC 3339 UTC, for the journal
};

// What apply tells while it works; the terminal decides what to show.
struct ApplyEvents {
  std::function<void(const Step& step, std::size_t index, std::size_t count)> step_started;
  std::function<void(std::string_view phase, double percent, std::string_view message)>
      progress;  // "download", "install"
  std::function<void(std::string_view holder)> waiting_for_lock;
  std::function<void(std::string_view text)> note;
};

// Does the plan's steps in order on the host, with a journal. Takes nvprov's own lock, waits for dpkg's, and after
// refreshing metadata stops (ErrorKind::changed, files put back) unless the real apt would do exactly what the plan
// lists. Afterwards proves the module for each kernel. A failure before packages are touched puts every file back.
Result<ApplyReport> apply_plan(Host& host, const Plan& plan, const ApplyOptions& options, const ApplyEvents& events);

// The journal an earlier run left open, if any; an error if it cannot be read.
Result<std::optional<Journal>> open_journal(const HostView& host);

// Lets dpkg finish what an interrupted run left half-configured, then closes that journal as superseded.
Status finish_interrupted(Host& host, const Journal& journal, const ApplyOptions& options, const ApplyEvents& events);

}  // namespace nvprov
