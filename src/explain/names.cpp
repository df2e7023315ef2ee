#include "explain/names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/append_new.hpp"
#include "base/text.hpp"
#include "explain/package_records.hpp"
#include "explain/questions.hpp"
#include "resolve/named_gpus.hpp"

namespace nvprov {
namespace {

// Two letters of a message say nothing.
constexpr std::size_t shortest_part_of_message = 8;
// A single letter stands in many names of GPUs.
constexpr std::size_t shortest_gpu_name = 2;

using Meanings = std::vector<NamedThing>;

bool lists(const std::vector<std::string>& list, std::string_view item) {
  return std::ranges::find(list, item) != list.end();
}

std::string without_prefixes(std::string_view name, std::initializer_list<std::string_view> prefixes) {
  for (const std::string_view prefix : prefixes)
    if (name.starts_with(prefix)) return std::string(name.substr(prefix.size()));
  return std::string(name);
}

// --- a record's own name ---

void add_concepts(Meanings& found, std::string_view name, const std::vector<Concept>& concepts) {
  for (const Concept& each : concepts)
    if (each.id == name || lists(each.aliases, name)) found.push_back({Meaning::concept_, each.id});
}

void add_driver_meaning(Meanings& found, std::string_view name, const Catalog& catalog) {
  const std::string version = without_prefixes(name, {"driver ", "branch ", "driver branch ", "r"});
  for (const DriverBranch& branch : catalog.drivers)
    if (branch.branch == version ||
        std::ranges::find(branch.releases, version, &DriverRelease::version) != branch.releases.end())
      found.push_back({Meaning::driver, version});
}

void add_cuda_meaning(Meanings& found, std::string_view name, const Catalog& catalog) {
  const std::string version = without_prefixes(name, {"cuda ", "cuda-", "cuda"});
  for (const CudaRelease& cuda : catalog.cuda)
    if (cuda.release == version || std::ranges::find(cuda.updates, version, &CudaUpdate::version) != cuda.updates.end())
      found.push_back({Meaning::cuda, version});
}

bool is_package(std::string_view name, const Catalog& catalog, const std::vector<Concept>& concepts) {
  return concept_of_package(catalog, concepts, name) != nullptr || !package_records(catalog, name).empty();
}

// A package or component is explained with its concept: that need not be named beside it.
void drop_concept(Meanings& found, const Concept* of_it) {
  if (of_it != nullptr) std::erase(found, NamedThing{Meaning::concept_, of_it->id});
}

void add_component(Meanings& found, std::string_view name, const Catalog& catalog,
                   const std::vector<Concept>& concepts) {
  if (!lists(component_names(catalog), name) || find_concept(concepts, name) != nullptr) return;
  drop_concept(found, concept_of_component(concepts, name));
  found.push_back({Meaning::component, std::string(name)});
}

void add_package_meaning(Meanings& found, std::string_view name, const Catalog& catalog,
                         const std::vector<Concept>& concepts) {
  if (!is_package(name, catalog, concepts)) return;
  drop_concept(found, concept_of_package(catalog, concepts, name));
  found.push_back({Meaning::package, std::string(name)});
}

Meanings own_names(const std::string& name, const Catalog& catalog, const std::vector<Concept>& concepts) {
  Meanings found;
  add_concepts(found, name, concepts);
  if (const Profile* profile = find_profile(catalog, name)) found.push_back({Meaning::profile, profile->id});
  add_component(found, name, catalog, concepts);
  add_driver_meaning(found, name, catalog);
  add_cuda_meaning(found, name, catalog);
  if (const std::string id = replace_all(name, " ", "-"); find_distro(catalog, id) != nullptr)
    found.push_back({Meaning::distro, id});
  add_package_meaning(found, name, catalog, concepts);
  if (name.starts_with("10de:") && name_devices({name}, catalog)) found.push_back({Meaning::gpu, name});
  return found;
}

// --- a message ---

std::size_t shared_length(const Concept& each, std::string_view typed) {
  std::size_t longest = 0;
  for (const std::string& phrase : each.phrases) {
    const bool is_part = typed.size() >= shortest_part_of_message && contains(phrase, typed);
    if (contains(typed, phrase) || is_part) longest = std::max(longest, std::min(phrase.size(), typed.size()));
  }
  return longest;
}

// The concepts whose message shares most with what was typed.
Meanings messages(std::string_view typed, const std::vector<Concept>& concepts) {
  std::size_t longest = 1;
  for (const Concept& each : concepts) longest = std::max(longest, shared_length(each, typed));
  Meanings found;
  for (const Concept& each : concepts)
    if (shared_length(each, typed) == longest) found.push_back({Meaning::concept_, each.id});
  return found;
}

Meanings asked(std::string_view typed, const std::vector<Concept>& concepts, std::size_t least) {
  Meanings found;
  for (const auto& [concept_id, question] : best_questions(typed, concepts, least))
    found.push_back({Meaning::question, concept_id, question});
  return found;
}

// --- a name inside a sentence ---

Meanings contained_names(const std::string& typed, const Catalog& catalog, const std::vector<Concept>& concepts) {
  std::vector<std::string> names = component_names(catalog);
  for (const Concept& each : concepts) {
    names.push_back(each.id);
    append_new(names, each.aliases);
  }
  const std::string longest = longest_name_in(typed, names);
  return longest.empty() ? Meanings{} : own_names(longest, catalog, concepts);
}

Error unknown_name(const std::string& typed, const Catalog& catalog, const std::vector<Concept>& concepts) {
  std::vector<std::string> known = explained_names(catalog, concepts);
  append_new(known, package_names(catalog));
  append_new(known, short_gpu_names(catalog));
  Error error{.kind = ErrorKind::usage,
              .message = fmt::format("there is nothing called `{}` to explain", typed),
              .because = {},
              .hints = {},
              .context = {}};
  if (const auto meant = did_you_mean(typed, known)) error.hints.push_back(fmt::format("did you mean `{}`?", *meant));
  error.hints.emplace_back("`nvprov explain` lists what can be explained");
  return error;
}

}  // namespace

std::string_view to_word(Meaning meaning) {
  switch (meaning) {
    case Meaning::concept_: return "concept";
    case Meaning::question: return "question";
    case Meaning::profile: return "profile";
    case Meaning::component: return "component";
    case Meaning::package: return "package";
    case Meaning::driver: return "driver";
    case Meaning::cuda: return "cuda";
    case Meaning::distro: return "distribution";
    case Meaning::gpu: return "gpu";
  }
  return "";
}

Result<std::vector<NamedThing>> find_meanings(std::string_view typed, const Catalog& catalog,
                                              const std::vector<Concept>& concepts) {
  const std::string text = lower(trim(typed));
  if (text.empty()) return fail(unknown_name(std::string(typed), catalog, concepts));
  if (auto found = own_names(text, catalog, concepts); !found.empty()) return found;
  if (auto found = messages(text, concepts); !found.empty()) return found;
  const auto devices = name_devices({std::string(trim(typed))}, catalog);
  if (devices && text.size() >= shortest_gpu_name) return Meanings{{Meaning::gpu, std::string(trim(typed))}};
  constexpr std::size_t surely = 3;
  constexpr std::size_t perhaps = 2;
  if (auto found = asked(text, concepts, surely); !found.empty()) return found;
  if (auto found = contained_names(text, catalog, concepts); !found.empty()) return found;
  if (auto found = asked(text, concepts, perhaps); !found.empty()) return found;
  // A name that fits several GPUs comes with the list of them.
  if (!devices && !devices.error().because.empty()) return fail(devices.error());
  return fail(unknown_name(std::string(typed), catalog, concepts));
}

std::vector<std::string> explained_names(const Catalog& catalog, const std::vector<Concept>& concepts) {
  std::vector<std::string> names;
  for (const Concept& each : concepts) {
    names.push_back(each.id);
    append_new(names, each.aliases);
  }
  for (const Profile& profile : catalog.profiles) {
    names.push_back(profile.id);
    append_new(names, profile.aliases);
  }
  append_new(names, component_names(catalog));
  for (const DriverBranch& branch : catalog.drivers) names.push_back(branch.branch);
  for (const CudaRelease& cuda : catalog.cuda) names.push_back(cuda.release);
  for (const Distro& distro : catalog.distros) names.push_back(distro.id);
  return names;
}

std::vector<std::string> component_names(const Catalog& catalog) {
  std::set<std::string> names;
  for (const Distro& distro : catalog.distros)
    for (const PackageSource& source : distro.package_sources) {
      for (const DriverPackageSet& set : source.package_sets)
        for (const ComponentPackages& each : set.components) names.insert(each.component);
      for (const CudaOffer& offer : source.cuda)
        for (const ComponentPackages& each : offer.components) names.insert(each.component);
    }
  for (const PackageFamily& family : catalog.families)
    for (const CudaComponent& each : family.cuda) names.insert(each.component);
  return {names.begin(), names.end()};
}

}  // namespace nvprov
