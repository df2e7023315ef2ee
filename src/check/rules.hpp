#pragma once

#include <string>
#include <vector>

#include "check/audit.hpp"
#include "model/catalog.hpp"

namespace nvprov {

// One check each: what of it does not hold, as findings under the check's id. `distro` is that of the facts, or
// nullptr.

struct AuditView {
  const AuditQuestion& question;
  const Distro* distro;
  const std::string& check;  // the id findings are reported under

  const HostFacts& facts() const { return question.facts; }
  const FileFacts& files() const { return question.files; }
  const Lockfile& lock() const { return *question.lock; }  // only for checks that need one
};

using Findings = std::vector<Finding>;

// Adds a finding of this check.
void report(const AuditView& view, Findings& findings, const std::string& subject, std::string expected,
            std::string found, std::vector<Source> sources = {});

// The release most of the driver's packages are of, and which package set they belong to (nullptr: none the catalog
// knows); without packages the release of its library. "" where there is no driver.
struct DriverThere {
  std::string release;
  std::string flavour;
  const DriverPackageSet* set = nullptr;
};
DriverThere driver_there(const AuditView& view);

// Against the lock: system, packages.
void check_distro(const AuditView& view, Findings& findings);
void check_architecture(const AuditView& view, Findings& findings);
void check_missing_packages(const AuditView& view, Findings& findings);
void check_package_versions(const AuditView& view, Findings& findings);
void check_package_origins(const AuditView& view, Findings& findings);
void check_removed_packages(const AuditView& view, Findings& findings);
void check_unexpected_packages(const AuditView& view, Findings& findings);

// Against the lock: files, and what else decides which driver runs.
void check_missing_keys(const AuditView& view, Findings& findings);
void check_changed_keys(const AuditView& view, Findings& findings);
void check_missing_repositories(const AuditView& view, Findings& findings);
void check_changed_repositories(const AuditView& view, Findings& findings);
void check_missing_holds(const AuditView& view, Findings& findings);
void check_changed_holds(const AuditView& view, Findings& findings);
void check_missing_files(const AuditView& view, Findings& findings);
void check_changed_files(const AuditView& view, Findings& findings);
void check_file_modes(const AuditView& view, Findings& findings);
void check_streams(const AuditView& view, Findings& findings);
void check_flavour(const AuditView& view, Findings& findings);
void check_loaded_driver(const AuditView& view, Findings& findings);
void check_known_kernels(const AuditView& view, Findings& findings);
void check_newest_kernel(const AuditView& view, Findings& findings);
void check_kernel_modules(const AuditView& view, Findings& findings);

// Without a lock.
void check_known_packages(const AuditView& view, Findings& findings);
void check_seen_files(const AuditView& view, Findings& findings);
void check_whole_packages(const AuditView& view, Findings& findings);
void check_image_without_driver(const AuditView& view, Findings& findings);
void check_owned_driver_files(const AuditView& view, Findings& findings);
void check_driver_floor(const AuditView& view, Findings& findings);
void check_toolkit_floor(const AuditView& view, Findings& findings);
void check_toolkit_versions(const AuditView& view, Findings& findings);
void check_driver_versions(const AuditView& view, Findings& findings);
void check_writable_files(const AuditView& view, Findings& findings);

}  // namespace nvprov
