#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "host/host.hpp"
#include "model/journal.hpp"
#include "model/plan.hpp"

namespace nvprov {

struct ApplyOptions {
  Consent consent;
  int lock_timeout = 600;                     // seconds to wait for dpkg's lock
  std::string now;                            // RFC 3339 UTC, for the journal
  std::string apt_config = {};                // an apt.conf for `-c`; "" for none
  std::vector<std::string> dnf_options = {};  // that this run alone needs
  std::string scratch = {};                   // a folder for what an image should not carry; "" for the usual places
  std::string manager = "apt";                // of the host, as its facts name it: "apt", "dnf" or "dnf5"
  std::optional<std::string> proxy = {};      // for dnf, in its environment; apt has it in apt_config
  std::function<void()> pause = {};           // lets a second pass while a lock is waited for; empty: really sleeps
  std::function<bool()> interrupted = {};     // asked before the package manager runs and while a lock is waited for
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
// The consent given, not the plan, says what the package manager is allowed. A plan without steps writes nothing.
Result<ApplyReport> apply_plan(Host& host, const Plan& plan, const ApplyOptions& options, const ApplyEvents& events);

// The journal of an earlier run that was interrupted, or that failed in the middle of a package transaction, if any;
// an error if a journal cannot be read. Only root can read journals.
Result<std::optional<Journal>> open_journal(const HostView& host);

// Lets dpkg finish what an interrupted run left half-configured, and where that is not enough the package manager the
// transaction that was agreed to; then closes that journal as superseded. Where no transaction had begun the run's
// files are put back instead, and the journal is closed as undone. Call it before looking at the host for a new plan.
Status finish_interrupted(Host& host, const Journal& journal, const ApplyOptions& options, const ApplyEvents& events);

}  // namespace nvprov
