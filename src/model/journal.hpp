#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/plan.hpp"

namespace nvprov {

// The file a step replaced, byte for byte, so that it can be put back.
struct PreImage {
  std::string path;
  bool existed = false;
  std::string content;  // JSON form: base64
  std::uint32_t mode = 0;
  std::uint32_t owner = 0;
  std::uint32_t group = 0;

  bool operator==(const PreImage&) const = default;
};

// The package states a transaction started from, for what it was going to touch.
struct PackagePreState {
  std::string name;
  std::optional<std::string> version;  // nullopt: was not installed
  bool automatic = false;

  bool operator==(const PackagePreState&) const = default;
};

enum class StepState { pending, started, done, failed, undone };

struct JournalStep {
  Step step;
  StepState state = StepState::pending;
  std::vector<PreImage> pre_images;
  std::vector<PackagePreState> pre_packages;
  std::optional<std::string> error;

  bool operator==(const JournalStep&) const = default;
};

enum class JournalState { open, done, failed, undone, superseded };

// Written and synced before and after each step: /var/lib/nvprov/journal/<id>.json
struct Journal {
  std::string id;          // "20261122T110442Z-1"
  std::string started_at;  // RFC 3339 UTC
  std::string tool_version;
  JournalState state = JournalState::open;
  Request request;
  std::string facts_fingerprint;
  std::string catalog_digest;
  Resolution resolution;
  Closure closure;
  std::vector<JournalStep> steps;
  std::string log;  // path of the package manager's full output

  bool operator==(const Journal&) const = default;
};

// What apply did.
struct ApplyReport {
  bool changed = false;
  bool reboot_needed = false;
  std::string journal_path;  // "" if nothing was written
  std::string log_path;
  std::string lock_path;     // of the lock left there; "" if none was
  std::vector<std::string> proven;    // "6.1.0-41-amd64: nvidia-current 535.309.01 (proprietary)"
  std::vector<std::string> unproven;  // what could not be proven, and why

  bool operator==(const ApplyReport&) const = default;
};

}  // namespace nvprov
