#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "model/gpu_kind.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// What the rules answer for one GPU on a fresh host: releases and packages, or what stands in the way.
struct Answer {
  std::string source;
  std::string driver;  // "580.126.09"
  std::string flavour;
  std::string cuda;                   // "13.0"; "" where none goes with the driver
  std::vector<std::string> packages;  // asked for by name, as far as they are known before a repository is asked
  std::optional<Conflict> refusal;    // the first thing in the way, where there is no answer

  bool operator==(const Answer&) const = default;
};

// One answer that becomes another, and where.
struct AnswerChange {
  std::string profile;
  std::vector<std::string> distros;
  std::vector<GpuKind> gpus;
  Answer before;
  Answer after;

  bool operator==(const AnswerChange&) const = default;
};

struct CatalogDiff {
  std::size_t compared = 0;  // distributions x kinds of GPU x profiles
  std::vector<AnswerChange> changes;

  bool operator==(const CatalogDiff&) const = default;
};

}  // namespace nvprov
