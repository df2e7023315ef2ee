#pragma once

#include <optional>
#include <string_view>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// Whether nvcc of a CUDA release accepts a compiler ("gcc", "13.2.0") as its host compiler; nullopt where that is not
// known.
std::optional<bool> accepts_host_compiler(const CudaRelease& cuda, std::string_view compiler, std::string_view version);

// What nvcc of a release is to build with on this host, as far as that is known.
struct HostCompilerAnswer {
  std::optional<CompilerChoice> choice;  // what the plan has to add
  std::optional<Reason> reason;
  std::optional<Notice> notice;

  bool operator==(const HostCompilerAnswer&) const = default;
};

// `depended_on`: which compiler the packages of the release bring themselves, as ComponentPackages::host_compiler.
HostCompilerAnswer host_compiler(const CudaRelease& cuda, const std::optional<std::string>& depended_on,
                                 const HostFacts& facts, const Distro& distro);

}  // namespace nvprov
