// The resolver against brute force: everything that could be an answer for a random machine is enumerated and judged
// here, by other code, and all subsets of what is required are tried.

#include <algorithm>
#include <bit>
#include <map>
#include <set>

#include "base/text.hpp"
#include "base/version.hpp"
#include "random_machine.hpp"
#include "resolve/resolve.hpp"
#include "support/catch.hpp"

using namespace nvprov;
using namespace nvprov::test;

namespace {

using Mask = std::uint32_t;

// One possible answer.
struct Answer {
  std::string source;
  std::string driver;
  std::string flavour;
  std::vector<std::string> cuda;  // "" for none, by request

  bool operator==(const Answer&) const = default;
};

struct JudgedAnswer {
  Answer answer;
  Mask violated = 0;
  std::vector<long> rank;  // lower is better, the first that differs decides
};

// What has to hold, each with a bit: "gpu GPU 0", "cuda 1.0", "driver 200".
struct Needs {
  std::vector<std::string> names;

  Mask bit(const std::string& name) const {
    const auto at = std::ranges::find(names, name);
    return at == names.end() ? 0 : Mask{1} << (at - names.begin());
  }
};

Needs needs_of(const RandomMachine& machine) {
  Needs needs;
  for (const Gpu& gpu : machine.facts.gpus) needs.names.push_back("gpu " + gpu.name);
  for (const std::string& cuda : machine.request.cuda)
    if (cuda != "auto" && cuda != "none") needs.names.push_back("cuda " + cuda);
  if (machine.request.driver != "auto") needs.names.push_back("driver " + machine.request.driver);
  if (machine.request.module != "auto") needs.names.push_back("module " + machine.request.module);
  if (machine.request.source != "auto") needs.names.push_back("source " + machine.request.source);
  if (machine.request.strict) needs.names.push_back("strict");
  return needs;
}

long order_of(const Catalog& catalog, const std::string& architecture) {
  return std::ranges::find(catalog.architectures, architecture, &GpuArchitecture::name) - catalog.architectures.begin();
}

bool is_driven(const Catalog& catalog, const Gpu& gpu, const DriverBranch& branch, const std::string& flavour) {
  const GpuArchitecture& architecture = *find_architecture(catalog, *gpu.architecture);
  const long age = order_of(catalog, architecture.name);
  if (age < order_of(catalog, branch.oldest_architecture) || age > order_of(catalog, branch.newest_architecture))
    return false;
  const long number = std::stol(branch.branch);
  if (architecture.first_driver_branch && number < std::stol(*architecture.first_driver_branch)) return false;
  if (architecture.last_driver_branch && number > std::stol(*architecture.last_driver_branch)) return false;
  if (architecture.modules == ModuleSupport::open_only) return flavour == "open";
  return architecture.modules == ModuleSupport::either || flavour == "proprietary";
}

enum class Runs { fully, limited, no };

Runs runs_on(const CudaRelease& cuda, const std::string& driver) {
  if (compare_versions(driver, *cuda.updates.front().min_driver) >= 0) return Runs::fully;
  const auto& floor = cuda.minor_compat_min_driver;
  return floor && compare_versions(driver, *floor) >= 0 ? Runs::limited : Runs::no;
}

bool is_meant(const std::string& asked, const std::string& release) {
  if (asked == "1.0") return release == "1.0" || release == "1.1";
  if (asked == "2.0" || asked == "=1.0" || asked == "=1.1") return asked.ends_with(release);
  if (asked == ">=1.0 <2") return release != "2.0";
  return asked == ">=1.1" && release != "1.0";
}

// A bare release is best met by itself, all else by the newest that the driver fully supports.
long cuda_rank(const std::string& asked, const std::string& release, Runs runs) {
  if (release.empty()) return 1000;
  const long number = std::stol(replace_all(release, ".", ""));
  return asked == "1.0" ? number : -number + (runs == Runs::fully ? 0 : 500);
}

struct Driver {
  std::string source;  // of the packages to come
  std::string version;
  std::string flavour;
  Mask violated = 0;
  std::vector<long> rank;
};

Mask against_driver(const RandomMachine& machine, const Needs& needs, const DriverBranch& branch,
                    const std::string& version, const std::string& flavour) {
  const Request& request = machine.request;
  Mask violated = 0;
  for (const Gpu& gpu : machine.facts.gpus)
    if (!is_driven(machine.catalog, gpu, branch, flavour)) violated |= needs.bit("gpu " + gpu.name);
  const std::map<std::string, std::string> types = {{"lts", "long-term"}, {"production", "production"}};
  const auto type = types.find(request.driver);
  const bool is_asked = request.driver == "newest" || request.driver == branch.branch || request.driver == version ||
                        (type != types.end() && branch.type == type->second);
  if (!is_asked) violated |= needs.bit("driver " + request.driver);
  if (request.module != flavour) violated |= needs.bit("module " + request.module);
  return violated;
}

std::vector<long> driver_rank(const RandomMachine& machine, const DriverOffer& offer, const std::string& flavour) {
  const std::string today = machine.facts.observed_on;
  const auto& end = offer.end_of_support;
  const long support = !end ? 1 : *end < today ? 2 : 0;
  const long until = end ? -std::stol(replace_all(*end, "-", "")) : 0;
  const long release = -std::stol(replace_all(offer.version, ".", ""));
  if (machine.request.driver == "newest") return {release, flavour == "open" ? 0 : 1};
  return {support, until, release, flavour == "open" ? 0 : 1};
}

std::vector<Driver> drivers_of(const RandomMachine& machine, const Needs& needs) {
  std::vector<Driver> drivers;
  const Distro& distro = machine.catalog.distros.front();
  std::vector<const PackageSource*> sources;
  for (const PackageSource& source : distro.package_sources) sources.push_back(&source);
  std::ranges::stable_sort(sources, {}, [&](const PackageSource* each) { return each->id != machine.request.source; });
  if (const auto& loaded = machine.facts.driver.loaded) {
    const DriverBranch& branch = *find_branch(machine.catalog, split(loaded->version, '.').front());
    Driver kept{"",
                loaded->version,
                loaded->flavour,
                against_driver(machine, needs, branch, loaded->version, loaded->flavour),
                {-1}};
    if (machine.request.driver == "newest") kept.violated |= needs.bit("driver newest");
    kept.violated |= needs.bit("source " + machine.request.source);  // nobody knows where it came from
    for (const PackageSource* source : sources) {
      kept.source = source->id;
      kept.rank.push_back(std::ssize(drivers));
      drivers.push_back(kept);
      kept.rank.pop_back();
    }
  }
  long place = 0;
  for (const PackageSource* source : sources) {
    for (const DriverOffer& offer : source->drivers)
      for (const std::string& flavour : offer.modules) {
        Driver driver{source->id, offer.version, flavour, 0, {place}};
        driver.violated =
            against_driver(machine, needs, *find_branch(machine.catalog, offer.branch), offer.version, flavour);
        if (source->id != machine.request.source) driver.violated |= needs.bit("source " + machine.request.source);
        const bool is_over = offer.end_of_support && *offer.end_of_support < machine.facts.observed_on;
        if (is_over) driver.violated |= needs.bit("strict");
        for (const long each : driver_rank(machine, offer, flavour)) driver.rank.push_back(each);
        drivers.push_back(std::move(driver));
      }
    ++place;
  }
  return drivers;
}

// What one request for CUDA may become on a driver: releases, or none.
std::vector<std::pair<std::string, Mask>> releases_for(const RandomMachine& machine, const Needs& needs,
                                                       const Driver& driver, const std::string& asked) {
  std::vector<std::pair<std::string, Mask>> all = {
      {"", asked == "auto" || asked == "none" ? 0 : needs.bit("cuda " + asked)}};
  if (asked == "none") return all;
  const PackageSource& source = *find_source(machine.catalog.distros.front(), driver.source);
  for (const CudaOffer& offer : source.cuda) {
    const CudaRelease& cuda = *find_cuda(machine.catalog, offer.release);
    const Runs runs = runs_on(cuda, driver.version);
    if (runs == Runs::no || (asked == "auto" && runs != Runs::fully)) continue;
    Mask violated = asked == "auto" || is_meant(asked, cuda.release) ? 0 : needs.bit("cuda " + asked);
    for (const Gpu& gpu : machine.facts.gpus)
      if (!cuda.compute_capabilities.empty() &&
          std::ranges::find(cuda.compute_capabilities, *gpu.compute_capability) == cuda.compute_capabilities.end())
        violated |= needs.bit("gpu " + gpu.name);
    all.push_back({cuda.release, violated});
  }
  return all;
}

void add_answers(std::vector<JudgedAnswer>& all, JudgedAnswer begun, const RandomMachine& machine, const Needs& needs,
                 const Driver& driver) {
  const std::size_t next = begun.answer.cuda.size();
  if (next == machine.request.cuda.size()) {
    all.push_back(std::move(begun));
    return;
  }
  const std::string& asked = machine.request.cuda[next];
  for (const auto& [release, violated] : releases_for(machine, needs, driver, asked)) {
    JudgedAnswer more = begun;
    more.answer.cuda.push_back(release);
    more.violated |= violated;
    const CudaRelease* cuda = find_cuda(machine.catalog, release);
    more.rank.push_back(cuda_rank(asked, release, cuda == nullptr ? Runs::no : runs_on(*cuda, driver.version)));
    add_answers(all, std::move(more), machine, needs, driver);
  }
}

std::vector<JudgedAnswer> all_answers(const RandomMachine& machine, const Needs& needs) {
  std::vector<JudgedAnswer> all;
  for (const Driver& driver : drivers_of(machine, needs))
    add_answers(all, {{driver.source, driver.version, driver.flavour, {}}, driver.violated, driver.rank}, machine,
                needs, driver);
  return all;
}

std::set<Mask> violated_by_all(const std::vector<JudgedAnswer>& answers) {
  std::set<Mask> masks;
  for (const JudgedAnswer& each : answers) masks.insert(each.violated);
  return masks;
}

bool can_hold(const std::set<Mask>& violated, Mask needs) {
  return std::ranges::any_of(violated, [&](Mask each) { return (each & needs) == 0; });
}

// --- against it ---

std::vector<std::string> without_twins(const std::vector<std::string>& releases) {
  std::vector<std::string> distinct;
  for (const std::string& release : releases)
    if (!release.empty() && std::ranges::find(distinct, release) == distinct.end()) distinct.push_back(release);
  return distinct;
}

void check_choice(const Resolution& resolution, const std::vector<JudgedAnswer>& answers) {
  const JudgedAnswer* best = nullptr;
  for (const JudgedAnswer& each : answers)
    if (each.violated == 0 && (best == nullptr || each.rank < best->rank)) best = &each;
  REQUIRE(best != nullptr);
  Answer given{resolution.source, resolution.driver->version, resolution.driver->flavour, {}};
  for (const CudaChoice& cuda : resolution.cuda) given.cuda.push_back(cuda.release);
  Answer expected = best->answer;
  expected.cuda = without_twins(expected.cuda);
  CHECK(given == expected);
}

std::string name_of(const Requirement& requirement) {
  switch (requirement.kind) {
    case RequirementKind::gpu: return "gpu " + requirement.subject;
    case RequirementKind::cuda: return "cuda " + requirement.subject;
    case RequirementKind::driver: return "driver " + requirement.subject;
    case RequirementKind::module: return "module " + requirement.subject;
    case RequirementKind::source: return "source " + requirement.subject;
    case RequirementKind::strict: return "strict";
    default: return "unexpected";
  }
}

void check_core(const Unsatisfiable& refusal, const std::set<Mask>& answers, const Needs& needs) {
  Mask core = 0;
  for (const Requirement& requirement : refusal.requirements) {
    INFO(name_of(requirement));
    CHECK(needs.bit(name_of(requirement)) != 0);
    core |= needs.bit(name_of(requirement));
  }
  CHECK_FALSE(can_hold(answers, core));
  const Mask all = (Mask{1} << needs.names.size()) - 1;
  int fewest = 99;
  for (Mask subset = 0; subset <= all; ++subset)
    if (!can_hold(answers, subset)) fewest = std::min(fewest, std::popcount(subset));
  CHECK(std::popcount(core) == fewest);
  INFO("core of " << refusal.requirements.size());
  if (!answers.empty()) CHECK(!refusal.conflicts.empty());
}

// What a remedy does without; nullopt for one that is not about requirements.
std::optional<Mask> dropped_by(const Remedy& remedy, const Request& request, const Needs& needs) {
  Mask dropped = 0;
  for (const Change& change : remedy.changes) {
    if (change.action == "drop-gpu") dropped |= needs.bit("gpu " + change.value);
    if (change.action == "choose-driver") dropped |= needs.bit("driver " + request.driver);
    if (change.action == "choose-module") dropped |= needs.bit("module " + request.module);
    if (change.action == "use-source") dropped |= needs.bit("source " + request.source);
    if (change.action == "leave-out") dropped |= needs.bit("strict");
    if (change.action == "with" || change.action == "upgrade-distro" || change.action == "other-branch")
      return std::nullopt;
    if (change.action != "choose-cuda" && change.action != "leave-out-cuda") continue;
    const std::vector<std::string> kept = split(change.value, ',');
    for (const std::string& asked : request.cuda)
      if (std::ranges::find(kept, asked) == kept.end()) dropped |= needs.bit("cuda " + asked);
  }
  return dropped;
}

void check_remedies(const Unsatisfiable& refusal, const RandomMachine& machine, const std::set<Mask>& answers,
                    const Needs& needs) {
  const Mask all = (Mask{1} << needs.names.size()) - 1;
  std::set<Mask> offered;
  for (const Remedy& remedy : refusal.remedies)
    if (const auto dropped = dropped_by(remedy, machine.request, needs)) offered.insert(*dropped);
  std::set<Mask> expected;
  Mask gpus = 0;
  for (const Gpu& gpu : machine.facts.gpus) gpus |= needs.bit("gpu " + gpu.name);
  for (Mask dropped = 1; dropped <= all; ++dropped) {
    bool is_smallest = can_hold(answers, all & ~dropped) && (dropped & gpus) != gpus;
    for (Mask less = (dropped - 1) & dropped; is_smallest && less != 0; less = (less - 1) & dropped)
      if (can_hold(answers, all & ~less)) is_smallest = false;
    if (is_smallest) expected.insert(dropped);
  }
  std::string told;
  for (const Remedy& remedy : refusal.remedies)
    for (const Change& change : remedy.changes) told += change.action + " " + change.value + "; ";
  INFO(join(needs.names, ", ") << "; remedies: " << told);
  CHECK(offered == expected);
}

}  // namespace

namespace {

// Seeds from `first` to `last`; a seed that fails is named.
void compare_with_brute_force(std::uint32_t first, std::uint32_t last) {
  int answered = 0;
  int refused = 0;
  for (std::uint32_t seed = first; seed <= last; ++seed) {
    INFO("seed " << seed);
    const RandomMachine machine = random_machine(seed);
    const Needs needs = needs_of(machine);
    INFO(join(needs.names, ", "));
    REQUIRE(needs.names.size() <= 12);
    const std::vector<JudgedAnswer> answers = all_answers(machine, needs);
    const std::set<Mask> violated = violated_by_all(answers);
    const auto given = resolve(machine.facts, machine.catalog, machine.request, {});
    REQUIRE(given.has_value() == can_hold(violated, ~Mask{0}));
    if (given) {
      ++answered;
      check_choice(*given, answers);
    } else if (answers.empty()) {
      CHECK(given.error().requirements == std::vector<Requirement>{{RequirementKind::machine, "x86_64"}});
    } else {
      ++refused;
      check_core(given.error(), violated, needs);
      check_remedies(given.error(), machine, violated, needs);
    }
  }
  CHECK(answered > 20);
  CHECK(refused > 100);
}

}  // namespace

TEST_CASE("the resolver agrees with brute force on random machines") { compare_with_brute_force(1, 400); }

TEST_CASE("the resolver agrees with brute force on thousands of random machines", "[.][slow]") {
  compare_with_brute_force(401, 2500);
}
