#include "lock/locked_packages.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/append_new.hpp"

namespace nvprov {
namespace {

void add_earlier_package(Lockfile& lock, LockedPackage package, const HostFacts& facts) {
  if (std::ranges::find(lock.removed, package.name) != lock.removed.end()) return;
  if (facts.package_facts.packages.empty()) return add_package(lock, std::move(package));
  const InstalledPackage* installed = find_installed(facts, package.name);
  if (installed == nullptr) return;
  if (installed->version == package.version) return add_package(lock, std::move(package));
  add_package(lock, locked_as_installed(*installed, package.requested, package.driver_versioned));
}

// A database of installed packages does not say which file each came from; the run that installed it knew.
void add_known_source(LockedPackage& package, const Lockfile& earlier) {
  const LockedPackage* known = find_locked(earlier, package.name, package.architecture);
  if (known == nullptr || known->version != package.version || package.digest) return;
  if (known->origin) package.origin = known->origin;
  package.repository = known->repository;
  package.path = known->path;
  package.digest = known->digest;
}

template <class T, class Key>
void add_others(std::vector<T>& list, const std::vector<T>& more, Key key) {
  for (const T& each : more)
    if (std::ranges::find(list, each.*key, key) == list.end()) list.push_back(each);
}

}  // namespace

void add_package(Lockfile& lock, LockedPackage package) {
  const bool is_there = std::ranges::any_of(lock.packages, [&](const LockedPackage& each) {
    return each.name == package.name && each.architecture == package.architecture;
  });
  if (!is_there) lock.packages.push_back(std::move(package));
}

LockedPackage locked_as_installed(const InstalledPackage& package, bool requested, bool driver_versioned) {
  return {.name = package.name,
          .version = package.version,
          .architecture = package.architecture,
          .origin = package.origin,
          .repository = {},
          .path = {},
          .digest = {},
          .requested = requested,
          .driver_versioned = driver_versioned};
}

void add_earlier(Lockfile& lock, const Lockfile& earlier, const HostFacts& facts) {
  for (LockedPackage& package : lock.packages) add_known_source(package, earlier);
  for (const LockedPackage& package : earlier.packages)
    if (find_locked(lock, package.name, {}) == nullptr) add_earlier_package(lock, package, facts);
  for (const std::string& name : earlier.removed)
    if (find_locked(lock, name, {}) == nullptr) append_new(lock.removed, {name});
  add_others(lock.files, earlier.files, &LockedFile::path);
  add_others(lock.streams, earlier.streams, &LockedStream::module);
}

void sort_lists(Lockfile& lock) {
  std::ranges::sort(lock.packages, [](const LockedPackage& left, const LockedPackage& right) {
    return std::tie(left.name, left.architecture) < std::tie(right.name, right.architecture);
  });
  std::ranges::sort(lock.removed);
  std::ranges::sort(lock.files, {}, &LockedFile::path);
  std::ranges::sort(lock.streams, {}, &LockedStream::module);
}

}  // namespace nvprov
