#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"
#include "model/request.hpp"
#include "model/resolution.hpp"
#include "resolve/module_choice.hpp"

namespace nvprov {

// A driver release a source packages, with its module in one flavour and all that stands in its way on this host.
struct DriverCandidate {
  const PackageSource* source = nullptr;
  const DriverOffer* offer = nullptr;
  const DriverPackageSet* set = nullptr;
  const DriverBranch* branch = nullptr;
  ModuleOption module;
  std::vector<std::string> packages;  // what would be asked for: the module's and the components the profiles want
  std::vector<Objection> objections;

  bool operator==(const DriverCandidate&) const = default;
};

// How long a source still supports a driver.
enum class SupportClass { current, unknown, past };
SupportClass support_class(const std::optional<std::string>& end_of_support, const std::string& today);

// Every driver release of one source in each of its flavours, best first by the rules of choice: the longest support
// left, then the newest, then the better module. What suits the host is the first without objections. A release is
// judged when somebody looks at it: most never are. Refers to the source and the question.
class DriverCandidates {
 public:
  DriverCandidates(const PackageSource& source, const Question& question);

  std::size_t releases() const { return offers_.size(); }
  const DriverOffer& offer(std::size_t release) const { return *offers_[release]; }
  // A release in each of its flavours, the better module first.
  const std::vector<DriverCandidate>& of(std::size_t release) const;

 private:
  std::vector<DriverCandidate> judged(const DriverOffer& offer) const;

  const PackageSource& source_;
  const Question& question_;
  const RepositoryMetadata& known_;  // of the source
  std::vector<std::string> components_;
  std::vector<const DriverOffer*> offers_;
  mutable std::vector<std::optional<std::vector<DriverCandidate>>> judged_;
};

// The driver components the profiles want on this host, fabric and all.
std::vector<std::string> wanted_driver_components(const HostFacts& facts, const Catalog& catalog,
                                                  const Request& request);

// Whether `--driver` asks for this very release, its branch, or any.
bool is_driver_asked_for(const std::string& selector, const DriverBranch& branch, const std::string& version);

}  // namespace nvprov
