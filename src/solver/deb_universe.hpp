#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "model/facts.hpp"
#include "model/plan.hpp"
#include "solver/apt_pins.hpp"
#include "solver/deb_packages.hpp"

namespace nvprov {

// One list of packages as its signed index describes it.
struct DebList {
  SuiteFacts suite;
  std::string repository;  // address its files are below, credentials masked

  bool operator==(const DebList&) const = default;
};

// What is to be installed, as apt would be asked.
struct DebQuestion {
  InstallPackages wanted;
  // Versions that packages must have if they are drawn in; they count before pins.
  std::vector<PackageRequest> exact = {};
  // Installed packages that stay as they are where there is an answer with them; named as apt does ("libc6:i386").
  std::vector<std::string> held = {};

  bool operator==(const DebQuestion&) const = default;
};

// Every package a target knows of: what dpkg has and what its archives offer. Answers as apt would, by its rules: the
// candidate of a package by pins, the first alternative that can be had, nothing upgraded that need not be, held
// packages last.
class DebUniverse {
 public:
  explicit DebUniverse(DebArchitectures architectures);
  ~DebUniverse();
  DebUniverse(DebUniverse&&) noexcept;
  DebUniverse& operator=(DebUniverse&&) noexcept;

  // dpkg's status file.
  void add_installed(std::string_view status);
  // Installed packages of a machine that is not here: what each depends on is known as far as a list has that version.
  void add_installed(const std::vector<InstalledPackage>& packages);
  // In the order of the sources: of two places with the same version the first serves.
  void add_list(const DebList& list, std::string_view packages);
  // The same of a list that was packed; false for bytes that are none, and nothing is added.
  bool add_packed_list(const DebList& list, std::string_view bytes);

  // Those of the target; none until then.
  void set_pins(AptPins pins);

  // Every version offered of packages named like apt does ("libc6", "libc6:i386"), sorted by name and version.
  std::vector<PackageOffer> offers(const std::vector<std::string>& names);

  // What one transaction would change, sorted by name and architecture; all but what only the catalog knows.
  tl::expected<Closure, Unsatisfiable> close(const DebQuestion& question);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nvprov
