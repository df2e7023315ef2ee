#include "cli/saved_plan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "cli/caller_files.hpp"
#include "model/plan_json.hpp"
#include "report/apply_text.hpp"

namespace nvprov {
namespace {

std::string change_words(const PackageChange& change) {
  return fmt::format("{} {}", change.name, change.version.value_or("(version unknown)"));
}

bool is_same_change(const PackageChange& left, const PackageChange& right) {
  return left.action == right.action && left.name == right.name && left.architecture == right.architecture &&
         left.version == right.version && left.old_version == right.old_version;
}

void compare_packages(std::vector<std::string>& found, const Closure& saved, const Closure& now) {
  const auto holds = [](const Closure& closure, const PackageChange& wanted) {
    return std::ranges::any_of(closure.packages,
                               [&](const PackageChange& each) { return is_same_change(each, wanted); });
  };
  for (const PackageChange& change : saved.packages)
    if (!holds(now, change)) found.push_back("only in the saved plan: " + change_words(change));
  for (const PackageChange& change : now.packages)
    if (!holds(saved, change)) found.push_back("only now: " + change_words(change));
}

void compare_steps(std::vector<std::string>& found, const std::vector<Step>& saved, const std::vector<Step>& now) {
  const auto holds = [](const std::vector<Step>& steps, const Step& wanted) {
    return std::ranges::find(steps, wanted) != steps.end();
  };
  for (const Step& step : saved)
    if (!holds(now, step)) found.push_back("only in the saved plan: " + step_title(step));
  for (const Step& step : now)
    if (!holds(saved, step)) found.push_back("only now: " + step_title(step));
  if (found.empty() && saved != now) found.emplace_back("the steps come in another order");
}

}  // namespace

bool is_saved_plan(const HostView& machine, const std::string& path) {
  const auto text = machine.read_file(absolute_path(machine, path));
  const auto document = text && *text ? parse_json(**text, path) : tl::expected<Json, Diagnostics>(Json());
  const Json* schema = document ? document->find("schema") : nullptr;
  const auto* word = schema != nullptr ? schema->get_if<std::string>() : nullptr;
  return word != nullptr && word->starts_with("nvprov.plan/");
}

Outcome<Plan> read_saved_plan(const HostView& machine, const std::string& path) {
  const auto text = machine.read_file(absolute_path(machine, path));
  if (!text) return give_up(text.error());
  if (!*text)
    return give_up(Error{.kind = ErrorKind::usage,
                         .message = fmt::format("there is no plan file `{}`", path),
                         .because = {},
                         .hints = {"`nvprov plan -o plan.json` makes one"},
                         .context = {}});
  auto plan = plan_from_json(**text, path);
  if (!plan) return give_up(plan.error());
  return *plan;
}

std::vector<std::string> differences(const Plan& saved, const Plan& now) {
  std::vector<std::string> found;
  if (saved.host != now.host) found.push_back(fmt::format("made for {}, this is {}", saved.host, now.host));
  if (saved.gpus != now.gpus) found.emplace_back("the GPUs are not the same");
  const auto driver_of = [](const Plan& plan) {
    return plan.resolution.driver ? plan.resolution.driver->version + " " + plan.resolution.driver->flavour : "none";
  };
  const auto cuda_of = [](const Plan& plan) {
    std::vector<std::string> updates;
    for (const CudaChoice& cuda : plan.resolution.cuda) updates.push_back(cuda.update);
    return updates.empty() ? "none" : join(updates, ", ");
  };
  if (driver_of(saved) != driver_of(now))
    found.push_back(fmt::format("driver: saved {}, now {}", driver_of(saved), driver_of(now)));
  if (cuda_of(saved) != cuda_of(now))
    found.push_back(fmt::format("CUDA: saved {}, now {}", cuda_of(saved), cuda_of(now)));
  compare_packages(found, saved.closure, now.closure);
  compare_steps(found, saved.steps, now.steps);
  return found;
}

}  // namespace nvprov
