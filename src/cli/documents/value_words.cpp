#include "cli/documents/value_words.hpp"

#include <array>
#include <set>

#include "base/append_new.hpp"
#include "catalog/concepts.hpp"
#include "catalog/packed_files.hpp"
#include "catalog/raw_records.hpp"
#include "cli/option_words.hpp"
#include "explain/names.hpp"
#include "resolve/named_gpus.hpp"

namespace nvprov {
namespace {

using Words = std::vector<std::string>;

template <class Map>
Words keys_of(const Map& map) {
  Words words;
  for (const auto& [word, value] : map) words.push_back(word);
  return words;
}

Words profile_words(const Catalog& catalog) {
  Words words;
  for (const Profile& profile : catalog.profiles) {
    words.push_back(profile.id);
    append_new(words, profile.aliases);
  }
  return words;
}

Words cuda_words(const Catalog& catalog) {
  Words words = {"auto", "none"};
  for (auto release = catalog.cuda.rbegin(); release != catalog.cuda.rend(); ++release)
    words.push_back(release->release);
  return words;
}

Words driver_words(const Catalog& catalog) {
  Words words = {"auto", "lts", "production", "newest", "installed"};
  for (auto branch = catalog.drivers.rbegin(); branch != catalog.drivers.rend(); ++branch)
    words.push_back(branch->branch);
  return words;
}

Words distro_words(const Catalog& catalog) {
  Words words;
  for (const Distro& distro : catalog.distros)
    if (!distro.not_supported) words.push_back(distro.id);
  return words;
}

Words architecture_words(const Catalog& catalog) {
  std::set<std::string> words;
  for (const Distro& distro : catalog.distros)
    for (const DistroArchitecture& each : distro.architectures) words.insert(each.arch);
  return {words.begin(), words.end()};
}

Words library_words(const Catalog& catalog) {
  std::set<std::string> words;
  for (const PackageFamily& family : catalog.families)
    for (const CudaComponent& each : family.cuda) words.insert(each.component);
  Words found = {"all"};
  found.insert(found.end(), words.begin(), words.end());
  return found;
}

Words tool_words(const Catalog& catalog) {
  std::set<std::string> words;
  for (const PackageFamily& family : catalog.families)
    for (const CudaComponent& each : family.cuda)
      if (each.part == "tools") words.insert(each.component);
  Words found = {"all"};
  found.insert(found.end(), words.begin(), words.end());
  return found;
}

Words addition_words(const Catalog& catalog) {
  Words words = {"compat"};
  for (const CudaLibrary& library : catalog.libraries) words.push_back(library.id);
  for (const std::string& add_on : driver_add_ons(catalog)) words.push_back(add_on);
  return words;
}

// What `nvprov explain` knows by one word, but for the thousand packages and GPUs.
Words name_words(const Catalog& catalog) {
  Words words;
  if (const auto concepts = load_concepts(embedded_files()))
    for (const Concept& each : *concepts) words.push_back(each.id);
  append_new(words, profile_words(catalog));
  append_new(words, component_names(catalog));
  for (const DriverBranch& branch : catalog.drivers) words.push_back(branch.branch);
  for (const CudaRelease& cuda : catalog.cuda) words.push_back(cuda.release);
  append_new(words, distro_words(catalog));
  return words;
}

}  // namespace

std::optional<ValueWords> value_words(std::string_view value, const Catalog& catalog) {
  constexpr std::array free_values = {"RELEASE", "IMAGE", "CHOICE", "FROM=TO", "FINGERPRINT", "URL", "SECONDS"};
  for (const std::string_view free : free_values)
    if (value == free) return ValueWords{};
  if (value == "FILE") return ValueWords{ValueKind::file, {}};
  if (value == "DIR|TAR") return ValueWords{ValueKind::file, {}};
  if (value == "DIR" || value == "ID|DIR") return ValueWords{ValueKind::folder, {}};
  if (value == "GPU") return ValueWords{ValueKind::words, short_gpu_names(catalog)};
  if (value == "CUDA") return ValueWords{ValueKind::words, cuda_words(catalog)};
  if (value == "DRIVER") return ValueWords{ValueKind::words, driver_words(catalog)};
  if (value == "ID") return ValueWords{ValueKind::words, distro_words(catalog)};
  if (value == "ARCH") return ValueWords{ValueKind::words, architecture_words(catalog)};
  if (value == "MODULE") return ValueWords{ValueKind::words, {"auto", "open", "proprietary"}};
  if (value == "ADDITION") return ValueWords{ValueKind::list_of_words, addition_words(catalog)};
  if (value == "SOURCE") return ValueWords{ValueKind::words, {"auto", "distro", "nvidia"}};
  if (value == "TARGET") return ValueWords{ValueKind::words, keys_of(target_words)};
  if (value == "HOLD") return ValueWords{ValueKind::words, keys_of(hold_words)};
  if (value == "LEVEL") return ValueWords{ValueKind::words, keys_of(level_words)};
  if (value == "FORMAT") return ValueWords{ValueKind::words, keys_of(format_words)};
  if (value == "LOCKFORMAT") return ValueWords{ValueKind::words, keys_of(lock_format_words)};
  if (value == "SHELL") return ValueWords{ValueKind::words, keys_of(shell_words)};
  if (value == "ACTION") return ValueWords{ValueKind::words, keys_of(manifest_actions)};
  if (value == "KIND|DIR") return ValueWords{ValueKind::words, raw_record_kinds()};
  if (value == "LANGUAGE") return ValueWords{ValueKind::words, keys_of(language_words)};
  if (value == "NAME") return ValueWords{ValueKind::words, name_words(catalog)};
  if (value == "PROFILE") return ValueWords{ValueKind::list_of_words, profile_words(catalog)};
  if (value == "TOOLS") return ValueWords{ValueKind::list_of_words, tool_words(catalog)};
  if (value == "LIST") return ValueWords{ValueKind::list_of_words, library_words(catalog)};
  return std::nullopt;
}

}  // namespace nvprov
