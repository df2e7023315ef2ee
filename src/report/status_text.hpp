#pragma once

#include <optional>
#include <span>
#include <string>

#include "model/facts.hpp"

namespace nvprov {

// What is wrong with the NVIDIA stack of a host, the gravest first.
enum class ProblemKind {
  packages_interrupted,  // subject: package
  distro_not_supported,  // subject: why, and what to do instead
  managed_elsewhere,     // subject: owner, other: evidence
  runfile_driver,        // subject: uninstaller
  version_mismatch,      // subject: loaded version, other: version of the libraries
  reboot_pending,        // subject: mark
  nouveau,               // nouveau drives the GPU, and no driver is installed
  nouveau_until_reboot,  // nouveau drives the GPU, though a driver is installed
  driver_not_loaded,     // subject: version of the libraries
  key_not_enrolled,      // subject: version of the libraries
  no_driver,             // subject: GPUs
  held_package,          // subject: package, other: version
};

struct MainProblem {
  ProblemKind kind = ProblemKind::no_driver;
  std::string subject;
  std::string other;

  bool operator==(const MainProblem&) const = default;
};

struct StatusFindings {
  std::optional<MainProblem> problem;
  std::string next_command;

  bool operator==(const StatusFindings&) const = default;
};

// The gravest problem of these facts. Held packages count only among `driver_packages`, the names a catalog knows.
std::optional<MainProblem> main_problem(const HostFacts& facts, std::span<const std::string> driver_packages = {});

// That problem and the command to type next.
StatusFindings find_status(const HostFacts& facts, std::span<const std::string> driver_packages = {});

// Exactly six lines: GPUs, driver, CUDA, containers, problem, next.
std::string status_text(const HostFacts& facts, const StatusFindings& findings);

}  // namespace nvprov
