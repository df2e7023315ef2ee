#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "resolve/cuda_choice.hpp"
#include "resolve/driver_candidates.hpp"
#include "resolve/driver_choice.hpp"
#include "resolve/question.hpp"
#include "resolve/requirements.hpp"
#include "resolve/source_choice.hpp"

namespace nvprov {

// A stack is one possible answer: a source, a driver of it or the one that is installed (or none), and what each
// request for CUDA gets on that driver.
struct Stack {
  const PackageSource* source = nullptr;
  std::optional<Reason> source_reason;
  const StayingDriver* installed = nullptr;      // what is there, whether this stack keeps it or not
  const DriverAnswer* staying = nullptr;         // it, where this stack keeps it
  const DriverCandidate* candidate = nullptr;    // one to install
  const DriverCandidates* candidates = nullptr;  // of its source
  std::vector<Objection> objections;             // to the source and the driver

  // What CUDA is to run on; nullopt without a driver, and where that of the host is not known.
  std::optional<std::string> driver_version;
};

// The stacks of a machine, the best first by the rules of choice. What was judged of them stays judged, also for
// questions that differ from this one in CUDA alone. Refers to the question.
class Stacks {
 public:
  // `wants_driver`: the profiles want a driver, and it is nvprov's to install.
  Stacks(const Question& question, bool wants_driver);

  // Until `visit` says that it is enough.
  using Visit = std::function<bool(const Stack&)>;
  void visit(const Visit& visit) const;

  bool wants_driver() const { return wants_driver_; }

 private:
  bool visit_without_driver(const Visit& visit) const;
  bool visit_staying(const Visit& visit) const;
  bool visit_candidates(const SourceOption& option, const DriverCandidates& candidates, const Visit& visit) const;

  const Question& question_;
  std::vector<SourceOption> options_;
  std::vector<DriverCandidates> candidates_;  // of each option; empty where no driver is wanted
  StayingDriver staying_;
  bool wants_driver_ = false;
};

// For each request for CUDA what it can get on a stack, best first.
std::vector<std::vector<CudaCandidate>> cuda_of(const Stack& stack, const Question& question, CudaLook look);

}  // namespace nvprov
