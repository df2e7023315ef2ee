#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"
#include "model/request.hpp"
#include "model/resolution.hpp"
#include "resolve/driver_candidates.hpp"
#include "resolve/question.hpp"

namespace nvprov {

// A driver that would do, with why it was taken; the best comes first.
struct DriverAnswer {
  DriverChoice choice;
  const PackageSource* source = nullptr;  // nullptr: kept, from somewhere the catalog does not know
  std::vector<Reason> reasons;
  std::vector<RejectedCandidate> rejected;
  std::vector<Alternative> alternatives;
  std::vector<Notice> notices;

  bool operator==(const DriverAnswer&) const = default;
};

// The driver that is installed, as a possible answer.
struct StayingDriver {
  std::optional<DriverAnswer> answer;       // absent: there is none, or none that could stay
  std::vector<Objection> objections;        // to it
  std::optional<RejectedCandidate> broken;  // one that cannot stay whatever is asked
};
StayingDriver staying_driver(const Question& question);

// What choosing a candidate of a source means. `all`: the candidates of that source, this one among them.
DriverAnswer take_driver(const DriverCandidate& candidate, const DriverCandidates& all, const Question& question);

}  // namespace nvprov
