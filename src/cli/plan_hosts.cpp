#include "cli/plan_hosts.hpp"

#include <ctime>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <utility>

#include "cli/distro_catalogs.hpp"
#include "cli/planning.hpp"
#include "cli/recorded_host.hpp"
#include "cli/target_facts.hpp"
#include "model/counted_facts.hpp"
#include "model/facts_json.hpp"
#include "plan/host_groups.hpp"

namespace nvprov {
namespace {

// Of this thread alone, so that a machine that is busy otherwise does not count.
std::int64_t thread_nanoseconds() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

// Adds what has passed since the last call to one of the costs.
class Stopwatch {
 public:
  void add_to(std::int64_t& cost) {
    const std::int64_t now = thread_nanoseconds();
    cost += now - std::exchange(last_, now);
  }

 private:
  std::int64_t last_ = thread_nanoseconds();
};

HostAnswer to_answer(Failure failure) {
  struct Visitor {
    HostAnswer operator()(Error error) const { return error; }
    HostAnswer operator()(Refusal refusal) const { return refusal; }
    HostAnswer operator()(const Diagnostics& problems) const {
      return Error{.kind = ErrorKind::usage,
                   .message = problems.empty() ? "its input is not valid" : problems.front().message,
                   .because = {},
                   .hints = {},
                   .context = {}};
    }
  };
  return std::visit(Visitor{}, std::move(failure));
}

// What all threads share. Everything that changes is behind one lock, which is held for look-ups only.
class HostPlanner {
 public:
  HostPlanner(const HostView& machine, Inquiry inquiry, const std::string& today)
      : machine_(machine), today_(today), catalogs_(std::move(inquiry.data.catalog)), inquiry_(std::move(inquiry)) {}

  // One thread's work: documents until there are none.
  void work(FactsDocuments& documents) {
    FleetCost cost;
    Stopwatch watch;
    while (auto document = documents.next()) {
      watch.add_to(cost.reading);
      take(std::move(*document), cost, watch);
    }
    const std::lock_guard<std::mutex> alone(mutex_);
    cost_.reading += cost.reading;
    cost_.parsing += cost.parsing;
    cost_.planning += cost.planning;
    cost_.planned += cost.planned;
  }

  PlannedFleet finish() && {
    cost_.hosts = hosts_.size();
    return {.plans = std::move(groups_).finish(std::move(hosts_), std::move(problems_)), .cost = cost_};
  }

 private:
  void take(FactsDocument document, FleetCost& cost, Stopwatch& watch) {
    AnsweredHost answered{.number = document.number, .name = {}, .file = document.file, .group = 0};
    auto host = recorded_host(std::move(document));
    if (!host) return complain(answered.number, std::move(host.error()));
    answered.name = std::move(host->name);
    const std::string digest = counted_digest(host->facts);
    watch.add_to(cost.parsing);
    if (const auto known = known_group(digest)) {
      answered.group = *known;
    } else {
      auto facts = facts_of_document(host->facts, answered.file, host->path);
      if (!facts) return complain(answered.number, std::move(facts.error()));
      answered.group = add_answer(digest, answer_for(std::move(*facts)));
      ++cost.planned;
    }
    const std::lock_guard<std::mutex> alone(mutex_);
    hosts_.push_back(std::move(answered));
    watch.add_to(cost.planning);
  }

  HostAnswer answer_for(HostFacts recorded) {
    auto catalog = catalogs_.catalog_for(recorded);
    auto facts = recorded_facts(counted_facts(std::move(recorded)), *catalog, inquiry_.request, today_);
    if (!facts) return to_answer(std::move(facts.error()));
    auto asked = ask_about(inquiry_, std::move(catalog), std::move(*facts));
    if (!asked) return to_answer(std::move(asked.error()));
    asked->inputs.with_fingerprint = false;
    auto plan = plan_recorded(machine_, *asked);
    return plan ? HostAnswer(std::move(*plan)) : to_answer(std::move(plan.error()));
  }

  std::optional<std::size_t> known_group(const std::string& digest) {
    const std::lock_guard<std::mutex> alone(mutex_);
    const auto known = group_of_facts_.find(digest);
    return known == group_of_facts_.end() ? std::nullopt : std::optional(known->second);
  }

  // Two threads may have planned for the same facts at once; both have the same answer.
  std::size_t add_answer(const std::string& digest, HostAnswer answer) {
    const std::lock_guard<std::mutex> alone(mutex_);
    const std::size_t group = groups_.group_of(std::move(answer));
    group_of_facts_.emplace(digest, group);
    return group;
  }

  void complain(std::size_t number, Diagnostics problems) {
    const std::lock_guard<std::mutex> alone(mutex_);
    problems_.push_back({.number = number, .problems = std::move(problems)});
  }

  const HostView& machine_;
  const std::string& today_;
  DistroCatalogs catalogs_;
  const Inquiry inquiry_;  // its catalog is in catalogs_
  std::mutex mutex_;
  HostGroups groups_;
  std::unordered_map<std::string, std::size_t> group_of_facts_;  // by counted_digest()
  std::vector<AnsweredHost> hosts_;
  std::vector<DocumentProblems> problems_;
  FleetCost cost_;
};

}  // namespace

PlannedFleet plan_hosts(const HostView& machine, Inquiry inquiry, FactsDocuments& documents, const std::string& today,
                        unsigned threads) {
  HostPlanner planner(machine, std::move(inquiry), today);
  std::vector<std::thread> others;
  for (unsigned i = 1; i < threads; ++i) others.emplace_back([&] { planner.work(documents); });
  planner.work(documents);
  for (std::thread& other : others) other.join();
  return std::move(planner).finish();
}

}  // namespace nvprov
