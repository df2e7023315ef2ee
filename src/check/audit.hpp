#pragma once

#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/file_facts.hpp"
#include "model/finding.hpp"
#include "model/lockfile.hpp"
#include "model/request.hpp"

namespace nvprov {

// What an audit looks at. Nothing of it is changed, and nothing else is read.
struct AuditQuestion {
  const HostFacts& facts;
  const FileFacts& files;
  const Catalog& catalog;          // with the offers of the host's distribution
  const Lockfile* lock = nullptr;  // nullptr: only what needs none
  Target target = Target::host;
};

// What is not as it should be: against the lock, then what holds of every host and image. The order is that of the
// checks, and by subject within one. A package of another version than the lock's is not reported a second time for not
// being of one version with the others.
std::vector<Finding> audit(const AuditQuestion& question);

// Of what holds of every host and image, what keeps its stack from working.
std::vector<Finding> faults(const AuditQuestion& question);

// The ids of all checks audit() may report, in their order.
std::vector<std::string> audit_checks();

// Host or image: what the lock is for, else as the place looks.
Target audited_target(const HostFacts& facts, const Lockfile* lock);

}  // namespace nvprov
