#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"
#include "model/request.hpp"
#include "model/resolution.hpp"
#include "resolve/kernel_support.hpp"

namespace nvprov {

// A release of a library that suits a CUDA release and every GPU, with its packages.
struct SuitableAddition {
  AdditionChoice choice;
  std::optional<std::string> min_driver;
  bool is_documented = false;  // to run all of what it is to run

  bool operator==(const SuitableAddition&) const = default;
};

// What `--with` asks for beside one CUDA release: the same for every driver and source, so looked up once.
struct AskedAddition {
  std::string asked;
  std::string library;  // id
  std::string cuda;
  std::vector<SuitableAddition> suitable;  // newest first
  std::optional<Conflict> unfit;           // why there is none

  bool operator==(const AskedAddition&) const = default;
};

// Which engines are set up for GPUs.
struct EngineAnswer {
  std::vector<EngineChoice> choices;
  std::vector<Notice> notices;

  bool operator==(const EngineAnswer&) const = default;
};

// Which release of NVIDIA Container Toolkit a host gets, and why.
struct ToolkitAnswer {
  std::optional<ContainerToolkitChoice> choice;  // nullopt: no engine that is set up has a use for it
  std::optional<Reason> reason;
  EngineAnswer engines;
  std::vector<RejectedCandidate> rejected;  // newer releases
  std::vector<Notice> notices;

  bool operator==(const ToolkitAnswer&) const = default;
};

// What follows from a machine and what is asked of it whichever driver and CUDA release are looked at, looked up once.
struct Lookups {
  std::vector<Gpu> gpus;             // one of each kind, in the order found
  std::optional<HostKernel> kernel;  // the one that boots next; absent where none is known
  std::string fabric;                // what shows that there is one; "" if nothing does
  std::vector<std::string> add_ons;  // what `--with` asks for of the driver
  std::vector<AskedAddition> additions;
  std::optional<ToolkitAnswer> toolkit;

  bool operator==(const Lookups&) const = default;
};

// What a machine is asked about; all that an answer depends on.
struct Question {
  const HostFacts& facts;
  const Catalog& catalog;
  const Distro& distro;
  const Request& request;  // checked, its target named
  const RepositoryMetadata& metadata;
  const Lookups& lookups;
};

}  // namespace nvprov
