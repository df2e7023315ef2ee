#include "resolve/driver_add_ons.hpp"

#include <algorithm>

#include "base/append_new.hpp"
#include "resolve/offers.hpp"

namespace nvprov {
namespace {

bool is_among(const std::vector<std::string>& all, const std::string& wanted) {
  return std::ranges::find(all, wanted) != all.end();
}

std::vector<std::string> add_ons_of(const DriverPackageSet& set) {
  std::vector<std::string> words;
  for (const ComponentPackages& component : set.components)
    if (is_add_on(component)) append_new(words, {component.component});
  return words;
}

// Nothing where the repository was not asked.
std::optional<std::uint64_t> download_of(const std::vector<std::string>& packages, const DriverPackageSet& set,
                                         const std::string& release, const RepositoryMetadata& known) {
  std::optional<std::uint64_t> bytes;
  for (const std::string& package : packages) {
    const bool is_versioned = is_among(set.driver_versioned, package);
    const auto offer = std::ranges::find_if(known.offers, [&](const PackageOffer& each) {
      return each.name == package && (is_versioned ? release_of(each.version) == release : each.candidate);
    });
    if (offer != known.offers.end()) bytes = bytes.value_or(0) + offer->download_bytes;
  }
  return bytes;
}

}  // namespace

std::vector<std::string> asked_add_ons(const Request& request, const Catalog& catalog) {
  if (request.additions.empty()) return {};
  const std::set<std::string> known = driver_add_ons(catalog);
  std::vector<std::string> asked;
  for (const std::string& addition : request.additions)
    if (known.contains(addition)) append_new(asked, {addition});
  return asked;
}

bool is_add_on_missing(const std::string& add_on, const DriverPackageSet& set, const std::string& release,
                       const RepositoryMetadata& known, std::string_view architecture) {
  const std::vector<std::string> packages = packages_of(set.components, {add_on}, architecture);
  return packages.empty() || (known.known && !std::ranges::all_of(packages, [&](const std::string& package) {
                                return is_among(set.driver_versioned, package)
                                           ? is_in_repository_at(known, package, release)
                                           : is_in_repository(known, package, "");
                              }));
}

std::optional<Conflict> add_on_wants_open_module(const std::string& add_on, const DriverPackageSet& set,
                                                 const std::string& flavour, const std::string& driver) {
  const bool is_particular = std::ranges::any_of(set.components, [&](const ComponentPackages& component) {
    return component.component == add_on && component.needs_open_module;
  });
  if (!is_particular || flavour == "open") return std::nullopt;
  return Conflict{.reason = ConflictReason::addition_needs_open_module,
                  .subject = add_on,
                  .other = "driver " + driver,
                  .limit = {},
                  .sources = {}};
}

Conflict add_on_not_offered(const std::string& add_on, const PackageSource& source) {
  return {.reason = ConflictReason::addition_not_offered,
          .subject = add_on,
          .other = source.title,
          .limit = {},
          .sources = {}};
}

std::vector<LeftOut> add_ons_left_out(const DriverPackageSet& set, const DriverChoice& choice,
                                      const RepositoryMetadata& known, std::string_view architecture) {
  std::vector<LeftOut> all;
  for (const std::string& add_on : add_ons_of(set)) {
    std::vector<std::string> packages = packages_of(set.components, {add_on}, architecture);
    std::erase_if(packages, [&](const std::string& package) { return is_among(choice.packages, package); });
    if (packages.empty()) continue;
    const auto bytes = download_of(packages, set, choice.version, known);
    all.push_back(
        {.component = add_on, .packages = std::move(packages), .ask = "--with " + add_on, .download_bytes = bytes});
  }
  return all;
}

}  // namespace nvprov
