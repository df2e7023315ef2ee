#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/facts.hpp"

namespace nvprov {

// What the signed index of a suite says of it, as pins see it.
struct SuiteFacts {
  std::string site;  // host of its address; "" for a folder of this machine
  std::string origin;
  std::string label;
  std::string suite;  // "oldstable-security"
  std::string codename;
  std::string version;
  std::string component;
  std::string architecture;
  bool not_automatic = false;
  bool but_automatic_upgrades = false;

  bool operator==(const SuiteFacts&) const = default;
};

// One version of a package: where it is offered, and whether it is installed.
struct DebVersion {
  std::string_view version;
  std::vector<const SuiteFacts*> suites;  // in the order apt reads them; empty: only installed
  bool installed = false;
};

// Which version of a package apt takes when not told otherwise: apt_preferences(5), "APT's Default Priority
// Assignments" and what follows there. Percentages of Ubuntu's phased updates are not obeyed: they count for upgrades,
// and depend on the machine's id.
class AptPins {
 public:
  // In the order apt reads them. A pin it does not understand counts for nothing, as with apt. `default_release` is
  // APT::Default-Release, "" none.
  AptPins(std::vector<PackagePin> pins, std::string default_release);

  // The priority of a version; negative: never. `name` is without its architecture.
  int priority(std::string_view name, const DebVersion& version) const;

  // The version taken, of versions sorted newest first; null if none may be.
  const DebVersion* candidate(std::string_view name, std::span<const DebVersion> versions) const;

 private:
  struct Pin {
    std::vector<std::string> names;
    std::string kind;  // "version", "release", "origin"
    std::string value;
    int priority = 0;
  };
  bool is_meant(const Pin& pin, const DebVersion& version) const;
  int suite_priority(const SuiteFacts& suite) const;

  std::vector<Pin> specific_;
  std::vector<Pin> general_;  // of "Package: *"
  std::string default_release_;
};

}  // namespace nvprov
