// Rules of lint: what a CUDA toolkit brings and works with.
#include <fmt/format.h>

#include "base/version.hpp"
#include "catalog/lint_parts.hpp"
#include "catalog/records.hpp"

namespace nvprov {
namespace {

void check_meta_packages(const CudaRelease& release, Diagnostics& problems) {
  if (!release.meta_packages_pull_driver)
    complain_of(problems, cuda_file(release.release), "/meta_packages/pull_driver",
                "whether the meta packages bring a driver is not said",
                "write true or false; who installs them by hand must know");
}

void check_host_compilers(const CudaRelease& release, Diagnostics& problems) {
  for (std::size_t i = 0; i < release.host_compilers.size(); ++i) {
    const HostCompiler& compiler = release.host_compilers[i];
    if (compiler.oldest && compiler.newest && compare_versions(*compiler.oldest, *compiler.newest) > 0)
      complain_of(problems, cuda_file(release.release), fmt::format("/host_compilers/{}/newest", i),
                  fmt::format("the newest {}, {}, is older than the oldest, {}", compiler.compiler, *compiler.newest,
                              *compiler.oldest));
  }
}

// What an installer brings is what its update asks for, or newer: the table of minimums is sometimes rounded down.
void check_bundled_driver(const Catalog& catalog, const CudaRelease& release, std::size_t index,
                          Diagnostics& problems) {
  const CudaUpdate& update = release.updates[index];
  if (!update.bundled_driver) return;
  const std::string place = fmt::format("/updates/{}/bundled_driver", index);
  if (!is_known_branch_or_older(catalog, branch_of(*update.bundled_driver)))
    complain_of(problems, cuda_file(release.release), place,
                fmt::format("driver {} belongs to no branch of the catalog", *update.bundled_driver));
  if (update.min_driver && compare_versions(*update.bundled_driver, *update.min_driver) < 0)
    complain_of(problems, cuda_file(release.release), place,
                fmt::format("the driver it brings, {}, is older than the one it needs, {}", *update.bundled_driver,
                            *update.min_driver));
}

}  // namespace

void lint_toolkits(const Catalog& catalog, Diagnostics& problems) {
  for (const CudaRelease& release : catalog.cuda) {
    check_meta_packages(release, problems);
    check_host_compilers(release, problems);
    for (std::size_t i = 0; i < release.updates.size(); ++i) check_bundled_driver(catalog, release, i, problems);
  }
}

}  // namespace nvprov
