#include "lock/locked_packages.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/append_new.hpp"

namespace nvprov {
namespace {

bool is_for_all(const std::string& architecture) {
  return architecture.empty() || architecture == "all" || architecture == "noarch";
}

// A package that was of one architecture and is for all of them now, or the other way round, is still the same.
bool is_same_architecture(const std::string& left, const std::string& right) {
  return left == right || is_for_all(left) || is_for_all(right);
}

const InstalledPackage* still_installed(const HostFacts& facts, const LockedPackage& package) {
  const auto& packages = facts.package_facts.packages;
  const auto found = std::ranges::find_if(packages, [&](const InstalledPackage& each) {
    return each.name == package.name && each.state == "installed" &&
           is_same_architecture(each.architecture, package.architecture);
  });
  return found == packages.end() ? nullptr : &*found;
}

void add_earlier_package(Lockfile& lock, LockedPackage package, const HostFacts& facts) {
  if (std::ranges::find(lock.removed, package.name) != lock.removed.end()) return;
  if (facts.package_facts.packages.empty()) return add_package(lock, std::move(package));
  const InstalledPackage* installed = still_installed(facts, package);
  if (installed == nullptr) return;
  const bool is_as_locked = package.architecture.empty() || installed->architecture == package.architecture;
  if (is_as_locked && installed->version == package.version) return add_package(lock, std::move(package));
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

bool holds_package(const Lockfile& lock, const std::string& name, const std::string& architecture) {
  return std::ranges::any_of(lock.packages, [&](const LockedPackage& each) {
    return each.name == name && is_same_architecture(each.architecture, architecture);
  });
}

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
    if (!holds_package(lock, package.name, package.architecture)) add_earlier_package(lock, package, facts);
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
