#include "lock/lock_difference.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace nvprov {
namespace {

using Differences = std::vector<LockDifference>;

void compare(Differences& found, std::string subject, std::string before, std::string after) {
  if (before != after)
    found.push_back({.subject = std::move(subject), .before = std::move(before), .after = std::move(after)});
}

std::string words_of(const std::optional<LockedDriver>& driver) {
  return driver ? fmt::format("{} {}", driver->version, driver->flavour) : std::string{};
}

std::string name_of(const LockedPackage& package) { return "package " + package.name; }

const LockedPackage* same_package(const Lockfile& lock, const LockedPackage& package) {
  return find_locked(lock, package.name, package.architecture);
}

void compare_packages(Differences& found, const Lockfile& before, const Lockfile& after) {
  for (const LockedPackage& package : before.packages) {
    const LockedPackage* other = same_package(after, package);
    compare(found, name_of(package), package.version, other != nullptr ? other->version : std::string{});
  }
  for (const LockedPackage& package : after.packages)
    if (same_package(before, package) == nullptr) compare(found, name_of(package), {}, package.version);
}

// Each list as pairs of a key and what stands for it.
template <class T, class Key, class Value>
void compare_lists(Differences& found, const std::string& noun, const std::vector<T>& before,
                   const std::vector<T>& after, Key key, Value value) {
  for (const T& each : before) {
    const auto other = std::ranges::find(after, each.*key, key);
    compare(found, noun + each.*key, each.*value, other != after.end() ? (*other).*value : std::string{});
  }
  for (const T& each : after)
    if (std::ranges::find(before, each.*key, key) == before.end()) compare(found, noun + each.*key, {}, each.*value);
}

void compare_names(Differences& found, const std::string& noun, const std::vector<std::string>& before,
                   const std::vector<std::string>& after) {
  for (const std::string& name : before)
    if (std::ranges::find(after, name) == after.end()) compare(found, noun, name, {});
  for (const std::string& name : after)
    if (std::ranges::find(before, name) == before.end()) compare(found, noun, {}, name);
}

// What a file will hold: what the plan writes, else what is there.
void compare_files(Differences& found, const Lockfile& lock, const Lockfile& planned, const FileFacts& files) {
  for (const LockedFile& file : lock.files) {
    const auto written = std::ranges::find(planned.files, file.path, &LockedFile::path);
    const auto seen = std::ranges::find(files.owned, file.path, &SeenFile::path);
    const bool has_same_keys = written == planned.files.end() && seen != files.owned.end() &&
                               !file.fingerprints.empty() && seen->fingerprints == file.fingerprints;
    if (has_same_keys) continue;
    const std::string there = seen != files.owned.end() ? seen->digest : std::string{};
    compare(found, "file " + file.path, file.digest, written != planned.files.end() ? written->digest : there);
  }
}

bool has_hold(const Lockfile& lock) {
  return std::ranges::any_of(lock.files, [](const LockedFile& file) {
    return file.kind == LockedFileKind::hold || file.kind == LockedFileKind::hold_lines;
  });
}

// "12.4" of "12.4.1".
std::string release_of_update(const std::string& update) {
  const std::vector<std::string> parts = split(update, '.');
  return parts.size() < 2 ? update : parts[0] + "." + parts[1];
}

}  // namespace

std::vector<LockDifference> lock_differences(const Lockfile& before, const Lockfile& after) {
  Differences found;
  compare(found, "distribution", before.distro, after.distro);
  compare(found, "architecture", before.architecture, after.architecture);
  compare(found, "source", before.source, after.source);
  compare(found, "driver", words_of(before.driver), words_of(after.driver));
  compare(found, "CUDA", join(before.cuda, ", "), join(after.cuda, ", "));
  compare(found, "kernels", join(before.kernels, ", "), join(after.kernels, ", "));
  compare_packages(found, before, after);
  compare_names(found, "to be removed", before.removed, after.removed);
  compare_lists(found, "module ", before.streams, after.streams, &LockedStream::module, &LockedStream::stream);
  compare_lists(found, "file ", before.files, after.files, &LockedFile::path, &LockedFile::digest);
  return found;
}

Request request_of_lock(const Lockfile& lock) {
  Request request = lock.request;
  request.target = lock.target;
  if (!lock.source.empty()) request.source = lock.source;
  if (lock.driver) request.driver = lock.driver->version;
  if (lock.driver && !lock.driver->flavour.empty()) request.module = lock.driver->flavour;
  // A driver that stays keeps the hold it has, which may be none, unless one is asked for.
  if (!request.hold && has_hold(lock)) request.hold = Hold::version;
  request.cuda.clear();
  for (const std::string& update : lock.cuda) request.cuda.push_back("=" + release_of_update(update));
  if (request.cuda.empty()) request.cuda = {"none"};
  return request;
}

std::vector<LockDifference> differences_to_lock(const Lockfile& lock, const Lockfile& planned, const HostFacts& facts,
                                                const FileFacts& files) {
  Differences found;
  compare(found, "distribution", lock.distro, planned.distro);
  compare(found, "architecture", lock.architecture, planned.architecture);
  compare(found, "driver", words_of(lock.driver), words_of(planned.driver));
  for (const LockedPackage& package : lock.packages) {
    if (const LockedPackage* other = same_package(planned, package)) {
      compare(found, name_of(package), package.version, other->version);
      continue;
    }
    const InstalledPackage* installed = find_installed(facts, package.name, package.architecture);
    compare(found, name_of(package), package.version, installed != nullptr ? installed->version : std::string{});
  }
  for (const LockedPackage& package : planned.packages)
    if (same_package(lock, package) == nullptr && find_installed(facts, package.name, package.architecture) == nullptr)
      compare(found, name_of(package), {}, package.version);
  for (const std::string& name : lock.removed)
    if (const InstalledPackage* package = find_installed(facts, name);
        package != nullptr && std::ranges::find(planned.removed, name) == planned.removed.end())
      compare(found, "package " + name, {}, package->version);
  compare_files(found, lock, planned, files);
  return found;
}

}  // namespace nvprov
