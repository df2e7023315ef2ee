#include "resolve/library_packages.hpp"

#include <algorithm>
#include <array>

#include "base/append.hpp"
#include "base/text.hpp"
#include "base/version.hpp"

namespace nvprov {
namespace {

bool is_release_within(const LibraryPackages& packages, std::string_view version) {
  return (!packages.first_release || compare_versions(version, *packages.first_release) >= 0) &&
         (!packages.last_release || compare_versions(version, *packages.last_release) <= 0);
}

const LibraryPackages* packages_named(const CudaLibrary& library, std::string_view version, std::string_view kind) {
  const auto found = std::ranges::find_if(library.packages, [&](const LibraryPackages& each) {
    return each.manager == kind && is_release_within(each, version);
  });
  return found != library.packages.end() ? &*found : nullptr;
}

// What a build's packages are named by. A build known by its CUDA major alone has no {cuda_release}.
std::vector<Placeholder> values_of(const LibraryBuild& build, std::string_view full_version) {
  const std::string_view cuda = build.cuda;
  std::vector<Placeholder> values = {{"cuda_major", cuda.substr(0, cuda.find('.'))}, {"version", full_version}};
  if (contains(cuda, ".")) values.push_back({"cuda_release", cuda});
  return values;
}

}  // namespace

bool holds_library(const PackageSource& source, std::string_view library) {
  return std::ranges::find(source.libraries, library) != source.libraries.end();
}

std::optional<std::vector<PackageRequest>> library_packages(const CudaLibrary& library, const LibraryChoice& choice,
                                                            std::string_view kind, bool with_development) {
  const auto release = std::ranges::find(library.releases, choice.version, &LibraryRelease::version);
  if (release == library.releases.end() || !release->full_version) return std::nullopt;
  const LibraryPackages* packages = packages_named(library, choice.version, kind);
  if (packages == nullptr || !packages->version) return std::nullopt;
  const std::vector<Placeholder> values = values_of(choice.build, *release->full_version);
  const auto version = expand(*packages->version, values);
  if (!version) return std::nullopt;
  std::vector<std::string> names = packages->runtime;
  if (with_development) append(names, packages->development);
  std::vector<PackageRequest> requests;
  for (const std::string& name : names) {
    const auto expanded = expand(name, values);
    if (!expanded) return std::nullopt;
    requests.push_back({.name = *expanded, .version = version});
  }
  return requests;
}

}  // namespace nvprov
