#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"
#include "resolve/forward_compatibility.hpp"
#include "resolve/library_packages.hpp"
#include "resolve/module_choice.hpp"
#include "resolve/resolve.hpp"

namespace nvprov {
namespace {

bool has_placeholder(const std::string& name) { return contains(name, "{"); }

void add_names(std::set<std::string>& names, const std::vector<std::string>& packages) {
  for (const std::string& package : packages)
    if (!has_placeholder(package)) names.insert(package);
}

// Names of prebuilt modules hold the driver's release and the kernel.
void add_prebuilt(std::set<std::string>& names, const PackageSource& source, const DriverPackageSet& set,
                  const HostFacts& facts, const Distro& distro) {
  if (facts.kernel.installed.empty()) return;
  const std::string& kernel = facts.kernel.installed.back().release;
  for (const ModulePackages& module : set.modules) {
    if (module.build != "prebuilt") continue;
    for (const DriverOffer& offer : source.drivers)
      if (offer.package_set == set.id) add_names(names, module_packages(module, offer.version, kernel, facts, distro));
  }
}

// What `--with` may add: every name of the libraries the source holds, whatever CUDA major they are for.
void add_libraries(std::set<std::string>& names, const PackageSource& source, const Distro& distro,
                   const std::vector<CudaLibrary>& libraries) {
  for (const CudaLibrary& library : libraries) {
    if (!holds_library(source, library.id)) continue;
    for (const LibraryPackages& packages : library.packages) {
      if (packages.manager != package_kind(distro)) continue;
      for (const LibraryCudaMajor& major : library.cuda_majors)
        for (const auto* list : {&packages.runtime, &packages.development})
          for (const std::string& name : *list) {
            const std::array<Placeholder, 1> values = {{{"cuda_major", major.major}}};
            if (const auto filled = expand(name, values)) names.insert(*filled);
          }
    }
  }
}

void add_compat(std::set<std::string>& names, const PackageSource& source, const ForwardCompatibility& forward) {
  if (source.family.empty()) return;
  for (const CudaOffer& offer : source.cuda)
    if (find_compat_release(forward, offer.release) != nullptr) names.insert(compat_package(forward, offer.release));
}

void add_source(std::set<std::string>& names, const PackageSource& source, const HostFacts& facts,
                const Distro& distro) {
  for (const DriverPackageSet& set : source.package_sets) {
    add_names(names, set.driver_versioned);
    for (const ComponentPackages& component : set.components) add_names(names, component.packages);
    for (const ModulePackages& module : set.modules) add_names(names, module.packages);
    add_prebuilt(names, source, set, facts, distro);
  }
  for (const CudaOffer& offer : source.cuda)
    for (const ComponentPackages& component : offer.components) add_names(names, component.packages);
  add_names(names, source.https_prerequisites);
}

}  // namespace

std::vector<std::string> packages_of_interest(const Catalog& catalog, const Distro& distro, const HostFacts& facts,
                                              const std::vector<std::string>& silent_about) {
  std::set<std::string> names;
  for (const PackageSource& source : distro.package_sources) {
    if (std::ranges::find(silent_about, source.id) != silent_about.end()) continue;
    add_source(names, source, facts, distro);
    add_libraries(names, source, distro, catalog.libraries);
    add_compat(names, source, catalog.forward_compatibility);
  }
  if (const auto& toolkit = catalog.container_toolkit) {
    add_names(names, toolkit->one_version_packages);
    for (const EngineInstallation& installation : toolkit->installations) add_names(names, installation.packages);
  }
  add_names(names, distro.hold_packages);
  for (const KernelFlavour& flavour : distro.kernels) {
    names.insert(flavour.headers_package);
    for (const InstalledKernel& kernel : facts.kernel.installed) {
      if (!kernel.release.ends_with(flavour.release_suffix)) continue;
      const std::array<Placeholder, 1> values = {{{"kernel_release", kernel.release}}};
      if (const auto package = expand(flavour.exact_headers_package, values)) names.insert(*package);
    }
  }
  return {names.begin(), names.end()};
}

}  // namespace nvprov
