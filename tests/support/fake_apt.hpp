#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "apply/apply.hpp"
#include "model/plan.hpp"
#include "support/memory_host.hpp"

namespace nvprov {

// Just enough of apt, dpkg and modinfo for tests of apply: what is done when, and what is told when it fails. How the
// real ones behave is the business of the tests in real roots.
struct FakeApt {
  std::map<std::string, std::string> available;             // name -> version
  std::map<std::string, std::vector<std::string>> depends;  // name -> names
  std::map<std::string, std::string> installed;
  std::set<std::string> half_installed;

  std::vector<std::string> update_failures;  // what successive updates print as they fail
  std::string download_failure;              // printed before dpkg is reached
  std::string dpkg_failure;                  // printed after the first package is unpacked
  bool configure_fails = false;

  // kernel release -> version and license of the module
  std::map<std::string, std::pair<std::string, std::string>> modules;

  Result<CommandOutput> answer(const Command& command, const RunOptions& options);
  // What is not yet as it would be with these installed.
  std::vector<std::string> missing_for(const std::vector<std::string>& names) const;

 private:
  Result<CommandOutput> update(const RunOptions& options);
  Result<CommandOutput> install(const std::vector<std::string>& names, const RunOptions& options);
  CommandOutput simulate(const std::vector<std::string>& names) const;
  CommandOutput modinfo(const std::vector<std::string>& argv) const;
  CommandOutput configure();
};

// How the tests apply: at one known moment, with no pause between two tries for a lock.
ApplyOptions apply_options();
// The journal of the first run at that moment.
inline const std::string journal_file = "/var/lib/nvprov/journal/20261122T110442Z-1.json";

// A host with that apt, a kernel, and a preferences file the plan below replaces.
struct ApplyFixture {
  MemoryHost host;
  FakeApt apt;
  ApplyFixture();
  ApplyFixture(const ApplyFixture&) = delete;
  ApplyFixture& operator=(const ApplyFixture&) = delete;

  // What make_plan() would say now: only what is not as wanted yet.
  Plan plan() const;
  // The files nvprov does not keep for itself.
  std::map<std::string, MemoryFile> files_of_others() const;
};

}  // namespace nvprov
