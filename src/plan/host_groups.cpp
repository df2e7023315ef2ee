#include "plan/host_groups.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/append.hpp"
#include "base/text.hpp"

namespace nvprov {
namespace {

// Equal for equal answers, and cheap: only answers with one summary are compared as a whole.
std::string summary_of(const HostAnswer& answer) {
  struct Visitor {
    std::string operator()(const Plan& plan) const {
      const auto& driver = plan.resolution.driver;
      return fmt::format("{}\n{}\n{}\n{}", plan.host, join(plan.gpus, "\n"), plan.steps.size(),
                         driver ? driver->version : "");
    }
    std::string operator()(const Refusal& refusal) const { return refusal.asked; }
    std::string operator()(const Error& error) const { return error.message; }
  };
  return std::visit(Visitor{}, answer);
}

// Takes those whose name an earlier document has out, each a problem of its document.
void take_out_repeated(std::vector<AnsweredHost>& hosts, std::vector<DocumentProblems>& problems) {
  std::ranges::sort(hosts, {}, &AnsweredHost::number);
  std::unordered_map<std::string, std::string> seen;
  std::erase_if(hosts, [&](const AnsweredHost& host) {
    const auto [first, is_new] = seen.try_emplace(host.name, host.file);
    if (is_new) return false;
    problems.push_back(
        {.number = host.number,
         .problems = {{.file = host.file,
                       .place = "/host",
                       .message = fmt::format("the host `{}` is there twice, first in {}", host.name, first->second),
                       .hint = "give each host once"}}});
    return true;
  });
}

Diagnostics in_order(std::vector<DocumentProblems> problems) {
  std::ranges::stable_sort(problems, {}, &DocumentProblems::number);
  Diagnostics all;
  for (const DocumentProblems& each : problems) append(all, each.problems);
  return all;
}

bool comes_before(const HostGroup& left, const HostGroup& right) {
  if (left.hosts.size() != right.hosts.size()) return left.hosts.size() > right.hosts.size();
  return natural_less(left.hosts.front(), right.hosts.front());
}

}  // namespace

std::size_t HostGroups::group_of(HostAnswer answer) {
  if (auto* plan = std::get_if<Plan>(&answer)) plan->facts_fingerprint.clear();
  std::string summary = summary_of(answer);
  const auto [first, last] = by_summary_.equal_range(summary);
  for (auto each = first; each != last; ++each)
    if (answers_[each->second] == answer) return each->second;
  by_summary_.emplace(std::move(summary), answers_.size());
  answers_.push_back(std::move(answer));
  return answers_.size() - 1;
}

FleetPlans HostGroups::finish(std::vector<AnsweredHost> hosts, std::vector<DocumentProblems> problems) && {
  take_out_repeated(hosts, problems);
  std::vector<HostGroup> groups;
  for (HostAnswer& answer : answers_) groups.push_back({.answer = std::move(answer), .hosts = {}});
  for (AnsweredHost& host : hosts) groups[host.group].hosts.push_back(std::move(host.name));
  std::erase_if(groups, [](const HostGroup& group) { return group.hosts.empty(); });
  for (HostGroup& group : groups) std::ranges::sort(group.hosts, natural_less);
  std::ranges::sort(groups, comes_before);
  return {.groups = std::move(groups), .problems = in_order(std::move(problems))};
}

}  // namespace nvprov
