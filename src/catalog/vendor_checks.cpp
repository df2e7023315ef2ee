// Keys, and sources whose repositories have addresses and keys of their own.
#include <fmt/format.h>

#include <algorithm>

#include "base/version.hpp"
#include "catalog/cross_checks.hpp"

namespace nvprov {
namespace {

// One source of one distribution, while it is checked.
struct SourcePlace {
  const Records& records;
  const Placed<Distro>& distro;
  const PackageSource& source;
  std::string place;  // "/package_sources/0"
  Diagnostics& problems;

  void complain(std::string_view key, std::string message, std::string hint = {}) const {
    note(problems, distro, place + std::string(key), std::move(message), std::move(hint));
  }
};

bool is_architecture(const Distro& distro, std::string_view arch) {
  return std::ranges::find(distro.architectures, arch, &DistroArchitecture::arch) != distro.architectures.end();
}

void check_key_of(const SourcePlace& at, const std::string& place, const std::string& id) {
  const SigningKey* key = find_record(at.records.keys, &SigningKey::id, id);
  if (key == nullptr) {
    if (!at.records.has_file(key_file(id)))
      at.complain(place, fmt::format("there is no key `{}`", id), suggest(at.records.keys, &SigningKey::id, id));
    return;
  }
  if (key->retired)
    at.complain(place, fmt::format("the key `{}` was retired on {}", id, *key->retired),
                key->replaced_by ? fmt::format("it was replaced by `{}`", *key->replaced_by) : "");
  if (key->binding_digest == "SHA1" && at.distro.record.refuses_sha1_keys_from)
    at.complain(place, fmt::format("{} refuses the key `{}` from {} on: it is bound by SHA-1", at.distro.record.name,
                                   id, *at.distro.record.refuses_sha1_keys_from));
}

void check_repository(const SourcePlace& at, const std::string& place, const Repository& repository) {
  for (std::size_t i = 0; i < repository.addresses.size(); ++i) {
    const std::string& arch = repository.addresses[i].arch;
    if (!arch.empty() && !is_architecture(at.distro.record, arch))
      at.complain(fmt::format("{}/addresses/{}/arch", place, i),
                  fmt::format("`{}` is not an architecture of {}", arch, at.distro.record.id));
  }
  for (std::size_t i = 0; i < repository.keys.size(); ++i)
    check_key_of(at, fmt::format("{}/keys/{}", place, i), repository.keys[i]);
  if (repository.keys.empty()) at.complain(place + "/keys", "a repository needs at least one pinned key");
}

void check_module_needs(const SourcePlace& at, const PackageFamily& family) {
  for (const PackageEra& era : family.eras)
    for (const ModulePackages& module : era.modules)
      for (const std::string& id : module.prerequisites)
        if (std::ranges::find(at.source.prerequisites, id, &Prerequisite::id) == at.source.prerequisites.end())
          at.complain("/prerequisites", fmt::format("`{}` needs `{}`, which is not here",
                                                    module.packages.empty() ? era.id : module.packages.front(), id));
}

void check_branches(const SourcePlace& at, const PackageFamily& family) {
  for (std::size_t i = 0; i < at.source.driver_branches.size(); ++i) {
    const std::string& branch = at.source.driver_branches[i];
    const std::string place = fmt::format("/driver_branches/{}", i);
    if (find_record(at.records.drivers, &DriverBranch::branch, branch) == nullptr &&
        !at.records.has_file(driver_file(branch)))
      at.complain(place, fmt::format("there is no driver branch `{}`", branch),
                  suggest(at.records.drivers, &DriverBranch::branch, branch));
    const bool is_in_an_era = std::ranges::any_of(family.eras, [&](const PackageEra& era) {
      return compare_versions(branch, era.first_branch) >= 0 &&
             (!era.last_branch || compare_versions(branch, *era.last_branch) <= 0);
    });
    if (!is_in_an_era)
      at.complain(place, fmt::format("no era of the package family `{}` holds branch {}", family.id, branch));
  }
}

void check_family(const SourcePlace& at) {
  const PackageFamily* family = find_record(at.records.families, &PackageFamily::id, at.source.family);
  if (family == nullptr) {
    if (!at.source.family.empty() && !at.records.has_file(family_file(at.source.family)))
      at.complain("/family", fmt::format("there is no package family `{}`", at.source.family),
                  suggest(at.records.families, &PackageFamily::id, at.source.family));
    return;
  }
  check_branches(at, *family);
  check_module_needs(at, *family);
}

void check_libraries_held(const SourcePlace& at) {
  for (std::size_t i = 0; i < at.source.libraries.size(); ++i) {
    const std::string& id = at.source.libraries[i];
    if (!id.empty() && find_record(at.records.libraries, &CudaLibrary::id, id) == nullptr &&
        !at.records.has_file(library_file(id)))
      at.complain(fmt::format("/libraries/{}", i), fmt::format("there is no library `{}`", id),
                  suggest(at.records.libraries, &CudaLibrary::id, id));
  }
}

void check_eras(const Placed<PackageFamily>& family, Diagnostics& problems) {
  const auto& eras = family.record.eras;
  for (std::size_t i = 0; i + 1 < eras.size(); ++i)
    if (!eras[i].last_branch || compare_versions(*eras[i].last_branch, eras[i + 1].first_branch) >= 0)
      note(problems, family, fmt::format("/eras/{}/last_branch", i),
           fmt::format("the era `{}` does not end before `{}` begins", eras[i].id, eras[i + 1].id),
           "eras stand oldest first and share no branch");
}

}  // namespace

void check_keys(const Records& records, Diagnostics& problems) {
  for (const Placed<SigningKey>& key : records.keys)
    if (const auto& next = key.record.replaced_by;
        next && find_record(records.keys, &SigningKey::id, *next) == nullptr && !records.has_file(key_file(*next)))
      note(problems, key, "/replaced_by", fmt::format("there is no key `{}`", *next),
           suggest(records.keys, &SigningKey::id, *next));
}

void check_vendor_sources(const Records& records, Diagnostics& problems) {
  for (const Placed<PackageFamily>& family : records.families) check_eras(family, problems);
  for (const Placed<Distro>& distro : records.distros)
    for (std::size_t i = 0; i < distro.record.package_sources.size(); ++i) {
      const PackageSource& source = distro.record.package_sources[i];
      const SourcePlace at{records, distro, source, fmt::format("/package_sources/{}", i), problems};
      check_family(at);
      check_libraries_held(at);
      for (std::size_t r = 0; r < source.repositories.size(); ++r)
        check_repository(at, fmt::format("/repositories/{}", r), source.repositories[r]);
      for (std::size_t p = 0; p < source.prerequisites.size(); ++p)
        if (const auto& repository = source.prerequisites[p].repository)
          check_repository(at, fmt::format("/prerequisites/{}/repository", p), *repository);
    }
}

}  // namespace nvprov
