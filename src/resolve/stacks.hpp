#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "resolve/cuda_choice.hpp"
#include "resolve/driver_choice.hpp"
#include "resolve/question.hpp"
#include "resolve/requirements.hpp"

namespace nvprov {

// A stack is one possible answer: a source, a driver of it or the one that is installed (or none), and what each
// request for CUDA gets on that driver.
struct Stack {
  const PackageSource* source = nullptr;
  std::optional<Reason> source_reason;
  const StayingDriver* installed = nullptr;    // what is there, whether this stack keeps it or not
  const DriverAnswer* staying = nullptr;       // it, where this stack keeps it
  const DriverCandidate* candidate = nullptr;  // one to install
  const std::vector<DriverCandidate>* candidates = nullptr;
  std::vector<Objection> objections;  // to the source and the driver

  // What CUDA is to run on; nullopt without a driver, and where that of the host is not known.
  std::optional<std::string> driver_version;
};

// Visits the stacks of this machine, the best first by the rules of choice, until `visit` says that it is enough.
// `wants_driver`: the profiles want a driver, and it is nvprov's to install.
void visit_stacks(const Question& question, bool wants_driver, const std::function<bool(const Stack&)>& visit);

// For each request for CUDA what it can get on a stack, best first.
std::vector<std::vector<CudaCandidate>> cuda_of(const Stack& stack, const Question& question, CudaLook look);

}  // namespace nvprov
