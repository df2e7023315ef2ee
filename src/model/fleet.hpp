#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/result.hpp"
#include "model/plan.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// The plans of many hosts, hosts with equal plans together.

// A correct "no", and what was asked for in words.
struct Refusal {
  Unsatisfiable refusal;
  std::string asked;

  bool operator==(const Refusal&) const = default;
};

// What one host is told: its plan (without the fingerprint of its facts), why there is none, or what must be said
// first.
using HostAnswer = std::variant<Plan, Refusal, Error>;

struct HostGroup {
  HostAnswer answer;
  std::vector<std::string> hosts;  // sorted, numbers in names by their value

  bool operator==(const HostGroup&) const = default;
};

struct FleetPlans {
  std::vector<HostGroup> groups;  // the largest first
  Diagnostics problems;           // of documents no host could be read from, in the order of the input

  bool operator==(const FleetPlans&) const = default;
};

}  // namespace nvprov
