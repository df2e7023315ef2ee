#include "resolve/tools.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/append_new.hpp"
#include "base/text.hpp"
#include "resolve/known_obstacle.hpp"
#include "resolve/offers.hpp"

namespace nvprov {
namespace {

bool is_asked(const Request& request, const std::string& tool) {
  return std::ranges::find(request.tools, tool) != request.tools.end();
}

std::vector<const ComponentPackages*> tools_here(const CudaOffer& offer, const Question& question) {
  std::vector<const ComponentPackages*> tools;
  for (const ComponentPackages& component : offer.components)
    if (component.part == "tools" && is_made_for(component, question.facts.architecture)) tools.push_back(&component);
  return tools;
}

std::optional<Obstacle> obstacle_to(const ComponentPackages& tool, const CudaOffer& offer, const Question& question) {
  return known_obstacle(question.distro, offer, tool.component, question.request.target.value_or(Target::host),
                        question.facts.architecture);
}

Notice left_out_for(const Obstacle& obstacle, std::string tool, const Question& question, const PackageSource& source) {
  switch (obstacle.kind) {
    case ObstacleKind::package_missing: break;
    case ObstacleKind::brings_driver:
      return {.kind = NoticeKind::tool_brings_driver, .subject = std::move(tool), .other = source.title, .limit = {}};
  }
  return {.kind = NoticeKind::tool_lacks_dependency,
          .subject = std::move(tool),
          .other = question.distro.name,
          .limit = obstacle.package};
}

}  // namespace

std::vector<std::string> tools_of(const CudaOffer& offer, const Question& question) {
  std::vector<std::string> tools;
  const bool all = is_asked(question.request, "all");
  for (const ComponentPackages* tool : tools_here(offer, question))
    if (is_asked(question.request, tool->component) || (all && !obstacle_to(*tool, offer, question)))
      append_new(tools, {tool->component});
  return tools;
}

void rule_tools_offered(CudaCandidate& candidate, const Question& question, const PackageSource& source) {
  std::vector<std::string> offered;
  for (const ComponentPackages* tool : tools_here(*candidate.offer, question)) append_new(offered, {tool->component});
  for (const std::string& asked : question.request.tools) {
    const bool is_there = asked == "all" ? !offered.empty() : std::ranges::find(offered, asked) != offered.end();
    if (is_there) continue;
    candidate.objections.push_back({{RequirementKind::tool, asked},
                                    {.reason = ConflictReason::tool_not_offered,
                                     .subject = asked,
                                     .other = fmt::format("{} (CUDA {})", source.title, candidate.offer->release),
                                     .limit = join(offered, ", "),
                                     .sources = candidate.offer->sources}});
  }
}

std::vector<Notice> tool_notices(const CudaOffer& offer, const Question& question, const PackageSource& source) {
  std::vector<Notice> notices;
  const std::vector<std::string> chosen = tools_of(offer, question);
  for (const ComponentPackages* tool : tools_here(offer, question)) {
    const std::string name = fmt::format("{} of CUDA {}", tool->component, offer.release);
    const bool is_chosen = std::ranges::find(chosen, tool->component) != chosen.end();
    if (is_chosen && tool->brings)
      notices.push_back({.kind = NoticeKind::tool_brings, .subject = name, .other = *tool->brings, .limit = {}});
    if (is_chosen || !is_asked(question.request, "all")) continue;
    if (const auto obstacle = obstacle_to(*tool, offer, question))
      notices.push_back(left_out_for(*obstacle, name, question, source));
  }
  return notices;
}

}  // namespace nvprov
