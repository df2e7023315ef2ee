#pragma once

#include <string>

#include "model/facts.hpp"
#include "model/lockfile.hpp"

namespace nvprov {

// Lists of a lock, each entry once and in order.

// Whether the lock has this package: one name may stand in it for each architecture, or once for all.
bool holds_package(const Lockfile& lock, const std::string& name, const std::string& architecture);
// Adds the package, unless one of its name and architecture is there already.
void add_package(Lockfile& lock, LockedPackage package);
// The package as it is installed.
LockedPackage locked_as_installed(const InstalledPackage& package, bool requested, bool driver_versioned);
// What an earlier lock has beside this one: packages as they are installed now, where the host's packages are known;
// files, streams, names of removed packages; and where packages of the same version came from.
void add_earlier(Lockfile& lock, const Lockfile& earlier, const HostFacts& facts);
// Puts every list in its order.
void sort_lists(Lockfile& lock);

}  // namespace nvprov
