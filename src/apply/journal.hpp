#pragma once

#include <string>
#include <vector>

#include "apply/apply.hpp"
#include "base/result.hpp"
#include "host/host.hpp"
#include "model/journal.hpp"
#include "model/plan.hpp"

namespace nvprov {

// Where nvprov keeps its records, and its own lock: one run at a time.
inline constexpr const char* state_folder = "/var/lib/nvprov";
inline constexpr const char* journal_folder = "/var/lib/nvprov/journal";
inline constexpr const char* log_folder = "/var/log/nvprov";
inline constexpr const char* own_lock = "/var/lib/nvprov/lock";

std::string journal_path(const std::string& id);

// A journal for this plan, every step pending, with an id no other journal has.
Result<Journal> new_journal(const HostView& host, const Plan& plan, const std::vector<Step>& steps,
                            const std::string& now);

// Writes and syncs the whole journal.
Status save_journal(Host& host, const Journal& journal);

// The journal of this id; an error if it is not there, or says what no journal of ours says.
Result<Journal> read_journal(const HostView& host, const std::string& id);

// Takes nvprov's own lock, or fails at once naming who holds it.
Result<std::unique_ptr<HostLock>> take_own_lock(Host& host);

// A package transaction of this journal began and was not seen to end well.
bool is_in_transaction(const Journal& journal);
// The run ended before its work was done or undone; the next run has to see to it.
bool needs_finishing(const Journal& journal);
// What the run wrote serves nothing: its files are to be put back.
bool should_put_files_back(const Journal& journal);

}  // namespace nvprov
