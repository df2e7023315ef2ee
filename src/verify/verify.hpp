#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/host.hpp"
#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/file_facts.hpp"
#include "model/request.hpp"
#include "model/verification.hpp"

namespace nvprov {

struct VerifyQuestion {
  const HostFacts& facts;
  const FileFacts& files;
  const Catalog& catalog;                  // with the offers of the host's distribution
  std::vector<InstalledPackage> packages;  // of the stack
  Target target = Target::host;
  VerifyLevel level = VerifyLevel::container;  // the last that is checked
  std::optional<std::string> image;            // to start containers from, which has to bring nvidia-smi's C library
  std::string folder;                          // for files that are needed for a moment
};

// Whether the stack works now. Starts nvidia-smi, which loads the driver's module as the first CUDA program would; a
// program of nvprov's own that starts CUDA; and containers of the engines that are there, from a small image that is
// taken out again. Changes nothing else.
Verification verify(Host& host, const VerifyQuestion& question);

// The ids of all checks of its own that verify() may report.
std::vector<std::string> verify_checks();

}  // namespace nvprov
