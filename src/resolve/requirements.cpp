#include "resolve/requirements.hpp"

#include <algorithm>

#include "base/append_new.hpp"
#include "resolve/fabric.hpp"
#include "resolve/gpu_rules.hpp"

namespace nvprov {
namespace {

using Requirements = std::vector<Requirement>;

void require(Requirements& all, RequirementKind kind, std::string subject) {
  append_new(all, {Requirement{kind, std::move(subject)}});
}

void require_asked(Requirements& all, RequirementKind kind, const std::string& typed) {
  if (typed != "auto" && typed != "none") require(all, kind, typed);
}

void add_what_is_asked(Requirements& all, const Request& request, bool wants_driver) {
  for (const std::string& release : request.cuda) require_asked(all, RequirementKind::cuda, release);
  if (wants_driver) require_asked(all, RequirementKind::driver, request.driver);
  if (wants_driver) require_asked(all, RequirementKind::module, request.module);
  require_asked(all, RequirementKind::source, request.source);
  for (const std::string& library : request.libraries) require(all, RequirementKind::library, library);
  for (const std::string& tool : request.tools) require(all, RequirementKind::tool, tool);
  for (const std::string& addition : request.additions) require(all, RequirementKind::addition, addition);
  if (request.strict) require(all, RequirementKind::strict, {});
}

void add_what_it_has(Requirements& all, const HostFacts& facts, const Catalog& catalog, bool wants_driver) {
  for (const Gpu& gpu : distinct_gpus(facts.gpus)) require(all, RequirementKind::gpu, gpu.name);
  const std::string fabric = fabric_of(facts, catalog);
  if (wants_driver && !fabric.empty()) require(all, RequirementKind::fabric, fabric);
}

void add_what_runs_on_it(Requirements& all, const HostFacts& facts, bool wants_driver) {
  if (wants_driver && !boot_kernel(facts).empty()) require(all, RequirementKind::kernel, boot_kernel(facts));
  require(all, RequirementKind::repositories, {});
  require(all, RequirementKind::machine, facts.architecture);
}

}  // namespace

std::vector<Requirement> requirements_of(const HostFacts& facts, const Catalog& catalog, const Request& request,
                                         bool wants_driver) {
  Requirements all;
  add_what_it_has(all, facts, catalog, wants_driver);
  add_what_is_asked(all, request, wants_driver);
  add_what_runs_on_it(all, facts, wants_driver);
  if (request.target == Target::image) require(all, RequirementKind::purpose, {});
  if (all.size() > max_requirements) all.resize(max_requirements);
  return all;
}

RequirementSet violated_by(const std::vector<Objection>& objections, const std::vector<Requirement>& requirements) {
  RequirementSet set = 0;
  for (const Objection& objection : objections) {
    const auto at = std::ranges::find(requirements, objection.requirement) - requirements.begin();
    if (static_cast<std::size_t>(at) < requirements.size()) set |= RequirementSet{1} << at;
  }
  return set;
}

std::vector<Requirement> members_of(RequirementSet set, const std::vector<Requirement>& requirements) {
  Requirements members;
  for (std::size_t i = 0; i < requirements.size(); ++i)
    if ((set >> i & 1U) != 0) members.push_back(requirements[i]);
  return members;
}

bool is_changeable(const Requirement& requirement) {
  switch (requirement.kind) {
    case RequirementKind::cuda:
    case RequirementKind::driver:
    case RequirementKind::module:
    case RequirementKind::source:
    case RequirementKind::library:
    case RequirementKind::tool:
    case RequirementKind::addition:
    case RequirementKind::strict:
    case RequirementKind::gpu:
    case RequirementKind::kernel: return true;
    case RequirementKind::fabric:
    case RequirementKind::repositories:
    case RequirementKind::machine:
    case RequirementKind::purpose: return false;
  }
  return false;
}

std::string boot_kernel(const HostFacts& facts) {
  return facts.kernel.installed.empty() ? std::string() : facts.kernel.installed.back().release;
}

}  // namespace nvprov
